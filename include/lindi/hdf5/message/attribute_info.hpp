/// \file
/// Where an object keeps many attributes.
/// HDF5 File Format Specification v3.0, IV.A.2.v.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <array>

namespace lindi::hdf5 {

struct attribute_info {
    bool tracks_order = false;
    bool indexes_order = false;
    std::uint16_t max_creation_index = 0;
    std::uint64_t heap = undefined_address;         ///< fractal heap of attribute messages
    std::uint64_t name_index = undefined_address;   ///< version 2 B-tree, record type 8
    std::uint64_t order_index = undefined_address;  ///< version 2 B-tree, record type 9
};

[[nodiscard]] result<attribute_info> decode_attribute_info(block_view b, file_sizes sizes);

/// Record of the name index (III.A.2, type 8) or the order index (type 9).
struct attribute_record {
    block_view heap_id;              ///< 8 bytes
    std::uint8_t message_flags = 0;  ///< message_shared: the id is of the shared message heap
    std::uint32_t creation_order = 0;
};
/// \param type  8 or 9
[[nodiscard]] result<attribute_record>
decode_attribute_record(block_view record, std::uint8_t type);

}  // namespace lindi::hdf5
