/// \file
/// The superblock: where everything starts.
/// HDF5 File Format Specification v3.0, II.A. Versions 0 to 3.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <optional>

namespace lindi::hdf5 {

/// Address pair of a group in the old format (also the symbol table message, IV.A.2.r).
struct symbol_table {
    std::uint64_t btree = undefined_address;  ///< version 1 B-tree of group nodes
    std::uint64_t heap = undefined_address;   ///< local heap with the names
};

struct superblock {
    std::uint8_t version = 0;
    file_sizes sizes;
    std::uint64_t base_address = 0;                 ///< file offset that addresses count from
    std::uint64_t end_of_file = 0;                  ///< address
    std::uint64_t extension = undefined_address;    ///< object header of the superblock extension
    std::uint64_t driver_info = undefined_address;  ///< driver information block; versions 0 and 1
    std::uint64_t root_header = undefined_address;  ///< object header of the root group
    std::optional<symbol_table> root_cache;  ///< versions 0 and 1, when the root entry caches it
    std::uint16_t group_leaf_k = 4;          ///< half the entries of a symbol table node
    std::uint16_t group_internal_k = 16;     ///< half the entries of a group B-tree node
    std::uint16_t chunk_k = 32;  ///< half the entries of a chunk B-tree node; stored in version 1
    std::uint32_t consistency_flags =
        0;  ///< bit 0: open for writing, bit 2: SWMR writing; versions 2 and 3 (old: 4 bytes)
    std::uint64_t size = 0;  ///< bytes of the superblock
};

/// The eight bytes every superblock starts with.
inline constexpr std::string_view format_signature{"\x89HDF\r\n\x1a\n", 8};
/// No superblock is longer than this.
inline constexpr std::size_t max_superblock_size = 160;

/// \param b  from the signature on; up to max_superblock_size bytes, less at the end of a file
/// \return the superblock, or errc::not_hdf5 (no signature), truncated, unsupported_version,
///   unsupported (widths other than 2, 4 and 8), bad_value, bad_checksum
[[nodiscard]] result<superblock> decode_superblock(block_view b);

}  // namespace lindi::hdf5
