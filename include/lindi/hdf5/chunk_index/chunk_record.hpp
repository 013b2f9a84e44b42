/// \file
/// Parameters that all indexes of the latest format share.
/// HDF5 File Format Specification v3.0, appendix C.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

namespace lindi::hdf5 {

/// One element of a fixed or extensible array, one record of a B-tree.
struct chunk_record {
    std::uint64_t address = undefined_address;  ///< undefined: the chunk was never written
    std::uint64_t size =
        0;  ///< stored bytes; 0 for unfiltered datasets, whose chunks have one size
    std::uint32_t filter_mask = 0;
};

/// How an element looks; from the array's header.
struct chunk_record_format {
    bool filtered = false;
    std::uint8_t size_width = 0;  ///< filtered: bytes of the stored size

    /// From an element's size in bytes. Fails unless 1 to 8 bytes are left for the stored size.
    static result<chunk_record_format> from_element_size(
        bool filtered, std::uint64_t element_size, file_sizes sizes, std::uint64_t at
    );

    std::size_t size(file_sizes sizes) const noexcept
    {
        return filtered ? std::size_t{sizes.offsets} + size_width + 4 : sizes.offsets;
    }
};

/// Reads one element; failures stay in the cursor.
chunk_record read_chunk_record(cursor& c, chunk_record_format format, file_sizes sizes);

}  // namespace lindi::hdf5
