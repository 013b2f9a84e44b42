/// \file
/// Elements as JSON for programs: what `lindi read --format json` writes.

#pragma once

#include <lindi/node/graph.hpp>

#include <string>
#include <vector>

namespace lindi::tools {

/// Numbers are numbers (infinities and NaN as in Zarr v2: "Infinity", "-Infinity", "NaN"; integers
/// over 8 bytes and bits without a number {"hex": ...}, little-endian), FALSE and TRUE booleans,
/// other enumerations the names of their values, texts strings (bytes that are no UTF-8 as lone
/// surrogates, as Python's surrogateescape), compounds objects, arrays, complex numbers and
/// sequences lists, references paths; null where nothing was written.
/// \param paths    of each object
/// \param element  type.size bytes
/// \return nothing; or why it cannot be decoded: half a value is then appended
[[nodiscard]] result<void> append_json(
    std::string& out,
    node::graph const& g,
    std::vector<std::string> const& paths,
    hdf5::datatype const& type,
    std::span<std::byte const> element
);

}  // namespace lindi::tools
