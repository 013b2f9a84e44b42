/// \file
/// Where a group in the new format keeps many links.
/// HDF5 File Format Specification v3.0, IV.A.2.c.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <cstdint>

namespace lindi::hdf5 {

struct link_info {
    bool tracks_order = false;
    bool indexes_order = false;
    std::uint64_t max_creation_index = 0;
    std::uint64_t heap =
        undefined_address;  ///< fractal heap of links; undefined: links are messages
    std::uint64_t name_index = undefined_address;   ///< version 2 B-tree, record type 5
    std::uint64_t order_index = undefined_address;  ///< version 2 B-tree, record type 6
};

[[nodiscard]] result<link_info> decode_link_info(block_view b, file_sizes sizes);

/// Record of the name index (III.A.2, type 5) or of the order index (type 6): the id in the heap.
/// \param type  5 or 6
/// \return 7 bytes of heap id, lying in the record
[[nodiscard]] result<block_view> decode_link_record(block_view record, std::uint8_t type);

}  // namespace lindi::hdf5
