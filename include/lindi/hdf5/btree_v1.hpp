/// \file
/// Version 1 B-trees over symbol table nodes.
/// HDF5 File Format Specification v3.0, III.A.1, node type 0.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <vector>

namespace lindi::hdf5 {

struct group_node {
    std::uint8_t level = 0;               ///< 0: the children are symbol table nodes
    std::vector<std::uint64_t> children;  ///< addresses, in order of their names
};

/// Bytes of a group node with room for 2 * internal_k children.
constexpr std::size_t group_node_size(file_sizes sizes, std::uint16_t internal_k) noexcept
{
    return 8u + 2u * sizes.offsets +
           2u * internal_k * (std::size_t{sizes.offsets} + sizes.lengths) + sizes.lengths;
}

/// \return the node, or errc::truncated, bad_signature, bad_value (a node of chunks, undefined
/// child)
[[nodiscard]] result<group_node> decode_group_node(block_view b, file_sizes sizes);

}  // namespace lindi::hdf5
