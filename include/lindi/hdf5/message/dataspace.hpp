/// \file
/// Rank and extents of a dataset or attribute.
/// HDF5 File Format Specification v3.0, IV.A.2.b, versions 1 and 2.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <vector>

namespace lindi::hdf5 {

/// HDF5 knows no more dimensions.
inline constexpr std::size_t max_rank = 32;

struct dataspace {
    enum class kind : std::uint8_t { scalar, simple, null };
    static constexpr std::uint64_t unlimited = ~std::uint64_t{0};

    kind what = kind::scalar;
    std::vector<std::uint64_t> extents;  ///< shape [rank]
    std::vector<std::uint64_t>
        max_extents;  ///< shape [rank]; `unlimited` where the dataset may grow for ever

    std::size_t rank() const noexcept { return extents.size(); }
    /// Number of elements: 1 for scalar, 0 for null. Checked to fit when decoded.
    std::uint64_t element_count() const noexcept;
};

/// \return the dataspace, or errc::truncated, unsupported_version, bad_value (rank above 32, an
/// extent
///   above its maximum, more than 2^64 elements)
[[nodiscard]] result<dataspace> decode_dataspace(block_view b, file_sizes sizes);

}  // namespace lindi::hdf5
