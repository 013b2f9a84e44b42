/// \file
/// Raw data outside the file.
/// HDF5 File Format Specification v3.0, IV.A.2.h.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <vector>

namespace lindi::hdf5 {

struct external_slot {
    std::uint64_t name_offset = 0;  ///< in the local heap
    std::uint64_t offset = 0;       ///< first byte in that file
    std::uint64_t size = 0;         ///< bytes; all ones: to the end
};

struct external_files {
    std::uint64_t heap = undefined_address;  ///< local heap with the file names
    std::vector<external_slot> slots;
};

[[nodiscard]] result<external_files> decode_external_files(block_view b, file_sizes sizes);

}  // namespace lindi::hdf5
