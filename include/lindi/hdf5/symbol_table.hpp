/// \file
/// Symbol table nodes: the links of groups in the old format.
/// HDF5 File Format Specification v3.0, III.B "Symbol Table Nodes", III.C "Symbol Table Entry",
/// IV.A.2.r.

#pragma once

#include <lindi/hdf5/superblock.hpp>

#include <vector>

namespace lindi::hdf5 {

struct symbol_entry {
    std::uint64_t name_offset = 0;  ///< of the link's name in the group's local heap
    std::uint64_t header = undefined_address;
    std::uint32_t cache_type = 0;        ///< 0 nothing, 1 a group, 2 a symbolic link
    symbol_table cached_group;           ///< cache type 1
    std::uint32_t soft_link_offset = 0;  ///< cache type 2: of the target's text in the local heap
};

/// Bytes of one entry. Its name offset has the width of lengths, as libhdf5 writes it; the
/// specification has the width of offsets.
constexpr std::size_t symbol_entry_size(file_sizes sizes) noexcept
{
    return 24u + sizes.lengths + sizes.offsets;
}

/// Bytes of a node with room for 2 * leaf_k entries.
constexpr std::size_t symbol_node_size(file_sizes sizes, std::uint16_t leaf_k) noexcept
{
    return 8u + 2u * leaf_k * symbol_entry_size(sizes);
}

/// Reads one entry; failures stay in the cursor.
symbol_entry read_symbol_entry(cursor& c, file_sizes sizes);

/// \return the entries in use, or errc::truncated, bad_signature, unsupported_version, bad_value
[[nodiscard]] result<std::vector<symbol_entry>> decode_symbol_node(block_view b, file_sizes sizes);

/// The symbol table message of an old group's header (IV.A.2.r).
[[nodiscard]] result<symbol_table> decode_symbol_table_message(block_view b, file_sizes sizes);

}  // namespace lindi::hdf5
