/// \file
/// Selections of a dataspace, as region references and virtual datasets store them.
/// HDF5 File Format Specification v3.0, III.F and IV.A.2.b "Dataspace Selection" (VIII in v3.0):
/// none, all, points (versions 1 and 2), hyperslabs (versions 1 to 3).

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <vector>

namespace lindi::hdf5 {

/// "for ever" in the count or block of a hyperslab.
inline constexpr std::uint64_t unlimited = ~std::uint64_t{0};

struct selection {
    enum class kind : std::uint8_t { none, points, hyperslab, all };
    /// One dimension of a regular hyperslab, in elements.
    struct slab {
        std::uint64_t start = 0, stride = 1, count = 0, block = 0;
        friend bool operator==(slab const&, slab const&) = default;
    };

    kind what = kind::none;
    std::size_t rank = 0;               ///< 0 for none and all
    std::vector<slab> regular;          ///< one per dimension, for a regular hyperslab
    std::vector<std::uint64_t> points;  ///< rank numbers per point, in stored order
    std::vector<std::uint64_t>
        blocks;  ///< 2 * rank numbers per block: first corner, last corner (inclusive)
};

/// Reads a selection; failures stay in the cursor (errc::truncated, unsupported_version,
/// bad_value).
selection read_selection(cursor& c);

}  // namespace lindi::hdf5
