/// \file
/// Elements as bytes or text that do not depend on byte order, padding or heap addresses: what
/// hashes are over.

#pragma once

#include "dump_context.hpp"

namespace lindi::tools {

/// The bytes of an element without indirect parts: numbers little-endian, compounds without gaps.
void append_canonical(
    lindi::bytes& out, hdf5::datatype const& type, std::span<std::byte const> element
);

/// An element as J-text: leaves as hexadecimal strings, parts and variable-length elements as
/// lists, references as the paths they lead to.
[[nodiscard]] result<void> append_jtext(
    std::string& out,
    dump_context& context,
    hdf5::datatype const& type,
    std::span<std::byte const> element
);

/// SHA-256 over all elements.
struct element_sum {
    std::string sha256;
    char const* mode;  ///< "raw" or "jtext"
};
/// \param elements  whole elements of type.size bytes
[[nodiscard]] result<element_sum> sum_elements(
    dump_context& context, hdf5::datatype const& type, std::span<std::byte const> elements
);

}  // namespace lindi::tools
