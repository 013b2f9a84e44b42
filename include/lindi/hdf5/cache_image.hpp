/// \file
/// Metadata cache image: pieces of metadata that were not written to their own places.
/// HDF5 File Format Specification v3.0, III.J "Metadata Cache Image", IV.A.2.y.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <vector>

namespace lindi::hdf5 {

struct cache_image_entry {
    std::uint64_t address = undefined_address;  ///< where the piece belongs
    block_view image;                           ///< its bytes, lying in the block
};

/// \param b  as long as the cache image message says
/// \return the pieces; or errc::truncated, bad_signature, unsupported_version, bad_checksum,
/// bad_value
[[nodiscard]] result<std::vector<cache_image_entry>>
decode_cache_image(block_view b, file_sizes sizes);

}  // namespace lindi::hdf5
