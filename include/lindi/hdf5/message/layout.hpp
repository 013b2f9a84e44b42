/// \file
/// Where the raw data of a dataset are.
/// HDF5 File Format Specification v3.0, IV.A.2.i, versions 1 to 4 (version 5: HDF5 2.0).

#pragma once

#include <lindi/hdf5/file_sizes.hpp>
#include <lindi/hdf5/global_heap.hpp>

#include <optional>
#include <vector>

namespace lindi::hdf5 {

enum class layout_class : std::uint8_t { compact = 0, contiguous = 1, chunked = 2, virtual_ = 3 };

enum class chunk_index_type : std::uint8_t {
    btree_v1 = 0,  ///< versions 1 to 3 of the message
    single = 1,
    implicit = 2,
    fixed_array = 3,
    extensible_array = 4,
    btree_v2 = 5,
};

struct chunk_layout {
    std::vector<std::uint64_t> shape;  ///< [rank]: extents of a chunk, in elements; none is 0
    std::uint64_t element_size = 0;  ///< bytes; from the message, which has it as a last dimension
    chunk_index_type index = chunk_index_type::btree_v1;
    std::uint64_t address =
        undefined_address;  ///< of the index, or of the data for single and implicit
    bool partial_edges_unfiltered =
        false;  ///< chunks that stick out of the dataset skip the filters
    std::optional<std::uint64_t> single_filtered_size;  ///< single: stored bytes
    std::uint32_t single_filter_mask = 0;
    // Creation parameters that decoding the index does not need are checked and dropped.
};

struct layout {
    std::uint8_t version = 3;
    layout_class what = layout_class::contiguous;
    block_view compact;                         ///< the data itself; lies in the message
    std::uint64_t address = undefined_address;  ///< contiguous; undefined: never written
    std::optional<std::uint64_t> size;          ///< contiguous, bytes; none in versions 1 and 2
    /// Versions 1 and 2, compact and contiguous: extents and, as the last, the bytes of an element.
    /// 32 bits each: wrong for larger datasets.
    std::vector<std::uint64_t> old_dimensions;
    chunk_layout chunks;              ///< chunked
    global_heap_id virtual_mappings;  ///< virtual; collection undefined: no mappings
};

/// \return the layout, or errc::truncated, unsupported_version, bad_value
[[nodiscard]] result<layout> decode_layout(block_view b, file_sizes sizes);

}  // namespace lindi::hdf5
