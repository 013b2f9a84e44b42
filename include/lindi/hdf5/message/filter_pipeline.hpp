/// \file
/// Filters that chunks went through.
/// HDF5 File Format Specification v3.0, IV.A.2.l, versions 1 and 2.

#pragma once

#include <lindi/core/cursor.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace lindi::hdf5 {

/// Ids of the filters that HDF5 itself has. Others: HDF5's list of registered filters.
enum filter_id : std::uint16_t {
    filter_deflate = 1,
    filter_shuffle = 2,
    filter_fletcher32 = 3,
    filter_szip = 4,
    filter_nbit = 5,
    filter_scaleoffset = 6,
};

struct filter {
    std::uint16_t id = 0;
    std::string name;         ///< empty when not stored
    std::uint16_t flags = 0;  ///< bit 0: optional
    std::vector<std::uint32_t> client_data;
};

struct filter_pipeline {
    std::vector<filter> filters;  ///< in the order of writing; reading runs backwards
};

/// \return the pipeline, or errc::truncated, unsupported_version, bad_value (more than 32 filters)
[[nodiscard]] result<filter_pipeline> decode_filter_pipeline(block_view b);

}  // namespace lindi::hdf5
