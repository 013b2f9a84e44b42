/// \file
/// Version 2 B-trees: header, internal nodes and leaves. What a record means is its user's
/// business. HDF5 File Format Specification v3.0, III.A.2.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <vector>

namespace lindi::hdf5 {

enum class btree_v2_type : std::uint8_t {
    huge_indirect = 1,
    huge_indirect_filtered = 2,
    huge_direct = 3,
    huge_direct_filtered = 4,
    link_name = 5,
    link_order = 6,
    shared_message = 7,
    attribute_name = 8,
    attribute_order = 9,
    chunks = 10,
    chunks_filtered = 11,
};

struct btree_v2 {
    btree_v2_type type{};
    std::uint32_t node_size = 0;    ///< bytes of every node
    std::uint16_t record_size = 0;  ///< bytes of every record
    std::uint16_t depth = 0;        ///< levels above the leaves
    std::uint64_t root = undefined_address;
    std::uint16_t root_records = 0;   ///< records in the root node
    std::uint64_t total_records = 0;  ///< in the whole tree
};

/// A child of an internal node.
struct btree_v2_child {
    std::uint64_t address = undefined_address;
    std::uint64_t records = 0;  ///< in that node itself
};

struct btree_v2_node {
    std::vector<block_view> records;  ///< each record_size bytes, lying in the node's block
    std::vector<btree_v2_child>
        children;  ///< one more than records in internal nodes, none in leaves
};

constexpr std::size_t btree_v2_header_size(file_sizes sizes) noexcept
{
    return 22u + sizes.offsets + sizes.lengths;
}

/// \return the header, or errc::truncated, bad_signature, unsupported_version, bad_checksum,
///   bad_value (unknown type, node too small for a record, depth without a root, more levels than
///   2^64 records need)
[[nodiscard]] result<btree_v2> decode_btree_v2(block_view b, file_sizes sizes);

/// \param b      node_size bytes
/// \param tree   as decode_btree_v2 has it, which checks what this builds on
/// \param level  0 for a leaf; the root has `tree.depth`
/// \param records  how many the parent (or header) says the node has
/// \return the node, or errc::truncated, bad_signature, unsupported_version, bad_checksum,
/// bad_value (another
///   tree's type, more records than fit, undefined child)
[[nodiscard]] result<btree_v2_node> decode_btree_v2_node(
    block_view b, btree_v2 const& tree, unsigned level, std::uint64_t records, file_sizes sizes
);

}  // namespace lindi::hdf5
