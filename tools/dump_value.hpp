/// \file
/// Values in the canonical JSON of `lindi dump`.

#pragma once

#include "dump_context.hpp"

#include <lindi/node/sequence.hpp>
#include <lindi/node/value.hpp>

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

/// A reference, decoded. What describing its region costs is taken from what the dump may still
/// write.
[[nodiscard]] result<node::reference> spend_reference(
    dump_context& context, hdf5::datatype const& type, std::span<std::byte const> element
);
/// Extents of the dataset that a region reference leads to; none when it is no dataset.
std::span<std::uint64_t const> extent_of(dump_context const& context, node::object_id target);

/// As find_sequence; its bytes are taken from what the dump may still write.
[[nodiscard]] result<node::sequence> spend_sequence(
    dump_context& context, hdf5::datatype const& type, std::span<std::byte const> element
);

}  // namespace lindi::tools
