/// \file
/// Values in the canonical JSON of `lindi dump`.

#pragma once

#include "dump_context.hpp"

namespace lindi::tools {

/// One element as people read it: numbers, strings, lists; floats with their bits.
/// \param element  type.size bytes
/// \return nothing; or errc::not_found (heap object), errc::too_large, ... : half a value is
/// written then
[[nodiscard]] result<void> write_value(
    json_writer& w,
    dump_context& context,
    hdf5::datatype const& type,
    std::span<std::byte const> element
);

/// Integers; those over 8 bytes as {"h": digits}.
void write_integer(json_writer& w, hdf5::datatype const& type, std::span<std::byte const> element);

/// Bytes of a leaf element as the canonical form has them: numbers little-endian.
lindi::bytes canonical_leaf(hdf5::datatype const& type, std::span<std::byte const> element);

/// The elements that a variable-length element points to.
struct sequence {
    bool null = false;  ///< never written
    std::uint64_t count = 0;
    std::span<std::byte const> elements{};
};
[[nodiscard]] result<sequence> find_sequence(
    dump_context& context, hdf5::datatype const& type, std::span<std::byte const> element
);

}  // namespace lindi::tools
