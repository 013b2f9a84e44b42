/// \file
/// Version 1 B-trees over the chunks of a dataset.
/// HDF5 File Format Specification v3.0, III.A.1, node type 1.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <vector>

namespace lindi::hdf5 {

/// One child of a node: a stored chunk at level 0, else a node one level down.
struct chunk_entry {
    std::uint32_t size = 0;         ///< stored bytes of the chunk, after the filters ran
    std::uint32_t filter_mask = 0;  ///< bit i: filter i of the pipeline was skipped
    std::uint64_t child = undefined_address;
};

struct chunk_node {
    std::uint8_t level = 0;
    std::vector<chunk_entry> entries;
    std::vector<std::uint64_t>
        origins;  ///< rank numbers per entry: the chunk's first element, in elements
};

/// Bytes of a chunk node with room for 2 * chunk_k children.
constexpr std::size_t
chunk_node_size(file_sizes sizes, std::size_t rank, std::uint16_t chunk_k) noexcept
{
    auto const key = 8u + 8u * (rank + 1);
    return 8u + 2u * sizes.offsets + 2u * chunk_k * (key + sizes.offsets) + key;
}

/// \param rank  of the dataset, at most 32; keys have one number more, the offset in the element,
/// always 0 \return the node, or errc::truncated, bad_signature, bad_value (a group node, undefined
/// child,
///   a chunk that starts inside an element)
[[nodiscard]] result<chunk_node>
decode_chunk_node(block_view b, file_sizes sizes, std::size_t rank);

}  // namespace lindi::hdf5
