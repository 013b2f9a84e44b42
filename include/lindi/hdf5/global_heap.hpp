/// \file
/// Global heap collections: variable-length data, region references, virtual dataset mappings.
/// HDF5 File Format Specification v3.0, III.E.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <vector>

namespace lindi::hdf5 {

/// Where an object lies in the global heap: 4 bytes less than a variable-length element.
struct global_heap_id {
    std::uint64_t collection = undefined_address;  ///< 0 or undefined: there is none
    std::uint32_t index = 0;

    friend bool operator==(global_heap_id const&, global_heap_id const&) = default;
};

constexpr std::size_t global_heap_id_size(file_sizes sizes) noexcept
{
    return sizes.offsets + 4u;
}
global_heap_id read_global_heap_id(cursor& c, file_sizes sizes);

struct heap_object {
    std::uint32_t index = 0;  ///< never 0: that is the free space; 16 bits in HDF5 files
    block_view data;
};

/// Every collection has at least this many bytes on disk, in sound files.
inline constexpr std::uint64_t min_collection_size = 4096;

/// Bytes of a collection, from its first 8 + sizes.lengths bytes.
[[nodiscard]] result<std::uint64_t> decode_collection_size(block_view b, file_sizes sizes);

/// \param b  the whole collection
/// \return its objects; or errc::truncated, bad_signature, unsupported_version, bad_value (free
/// space smaller
///   than its header, two objects with one index)
[[nodiscard]] result<std::vector<heap_object>> decode_collection(block_view b, file_sizes sizes);

}  // namespace lindi::hdf5
