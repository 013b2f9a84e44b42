/// \file
/// .zarray of Zarr version 2 as JSON text.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lindi::zarr {

/// What inline chunks are encoded with: Blosc with LZ4 and byte shuffle, as Python lindi.
inline constexpr std::string_view blosc_compressor =
    R"({"blocksize":0,"clevel":5,"cname":"lz4","id":"blosc","shuffle":1})";

/// `filters` of object arrays.
inline constexpr std::string_view json2_filters =
    R"([{"allow_nan":true,"check_circular":true,"encoding":"utf-8","ensure_ascii":true,"id":"json2",)"
    R"("indent":null,"separators":[",",":"],"skipkeys":false,"sort_keys":true,"strict":true}])";

struct array_metadata {
    std::vector<std::uint64_t> shape;
    std::vector<std::uint64_t> chunks;
    std::string dtype;
    std::string fill_value = "0";     ///< JSON text
    std::string filters = "null";     ///< JSON text
    std::string compressor = "null";  ///< JSON text
};

/// Appends the object, keys sorted, without spaces.
void append_array(std::string& out, array_metadata const& m);

inline constexpr std::string_view group_metadata = R"({"zarr_format":2})";

}  // namespace lindi::zarr
