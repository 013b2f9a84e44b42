/// \file
/// Shared object header messages: the master table and its list index.
/// HDF5 File Format Specification v3.0, III.I and IV.A.2.p.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <vector>

namespace lindi::hdf5 {

/// The message in the superblock extension (IV.A.2.p).
struct shared_table_message {
    std::uint64_t table = undefined_address;
    std::uint8_t index_count = 0;
};
[[nodiscard]] result<shared_table_message>
decode_shared_table_message(block_view b, file_sizes sizes);

/// One index of the master table (signature SMTB).
struct shared_index {
    bool is_list = true;
    std::uint16_t message_types = 0;  ///< bit n: messages of type n may be shared here
    std::uint32_t min_message_size = 0;
    std::uint16_t list_cutoff = 0;
    std::uint16_t btree_cutoff = 0;
    std::uint16_t message_count = 0;
    std::uint64_t index = undefined_address;
    std::uint64_t heap = undefined_address;  ///< fractal heap with the messages
};

constexpr std::size_t shared_table_size(file_sizes sizes, std::uint8_t index_count) noexcept
{
    return 8u + std::size_t{index_count} * (14u + 2u * sizes.offsets);
}

/// \param b  shared_table_size() bytes
[[nodiscard]] result<std::vector<shared_index>>
decode_shared_table(block_view b, file_sizes sizes, std::uint8_t index_count);

}  // namespace lindi::hdf5
