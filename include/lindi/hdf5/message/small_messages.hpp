/// \file
/// Messages of one or two fields.
/// HDF5 File Format Specification v3.0, IV.A.2: n comment, o and s modification times,
/// q continuation, t B-tree K values, w reference count, x file space info, cache image.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>
#include <lindi/io/byte_range.hpp>

#include <optional>
#include <string>

namespace lindi::hdf5 {

/// Where an object header goes on; the offset is an address.
[[nodiscard]] result<io::byte_range> decode_continuation(block_view b, file_sizes sizes);

/// NUL-terminated text.
[[nodiscard]] result<std::string> decode_comment(block_view b);

/// Seconds since 1970, from message 0x12.
[[nodiscard]] result<std::uint32_t> decode_modification_time(block_view b);
/// Seconds since 1970, from message 0x0e: "YYYYMMDDhhmmss" as UTC.
[[nodiscard]] result<std::uint32_t> decode_old_modification_time(block_view b);

[[nodiscard]] result<std::uint32_t> decode_reference_count(block_view b);

struct btree_k {
    std::uint16_t chunk_k = 32;
    std::uint16_t group_internal_k = 16;
    std::uint16_t group_leaf_k = 4;
};
[[nodiscard]] result<btree_k> decode_btree_k(block_view b);

struct file_space_info {
    std::uint8_t version = 1;
    /// Version 0: 1 all persist, 2 all, 3 aggregators and VFD, 4 VFD.
    /// Version 1: 0 free space managers and aggregators, 1 pages, 2 aggregators, 3 none.
    std::uint8_t strategy = 0;
    bool persists = false;
    std::uint64_t threshold = 1;
    std::uint64_t page_size = 4096;  ///< bytes; version 1
};
[[nodiscard]] result<file_space_info> decode_file_space_info(block_view b, file_sizes sizes);

/// Where the metadata cache image lies; the offset is an address.
[[nodiscard]] result<io::byte_range> decode_cache_image_message(block_view b, file_sizes sizes);

}  // namespace lindi::hdf5
