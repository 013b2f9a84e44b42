/// \file
/// What `lindi dump` says about a selection.

#pragma once

#include <lindi/hdf5/selection_bounds.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lindi::tools {

using element_extents = std::span<std::uint64_t const>;

struct selection_facts {
    using numbers = std::vector<std::uint64_t>;
    using block = hdf5::corners;

    char const* type = "none";                   ///< none, points, hyper or all
    std::optional<std::uint64_t> element_count;  ///< none: unlimited, or over 2^62
    std::optional<block> bounds;                 ///< points and hyper; all ones: unlimited
    std::vector<numbers> points;                 ///< up to 64
    std::vector<hdf5::selection::slab> regular;  ///< a slab a dimension
    std::vector<block> blocks;                   ///< up to 64, in order
    /// SHA-256 over "index\n" of the elements: points as stored, others ascending. None: more than
    /// a million, unlimited, or outside the extent.
    std::optional<std::string> index_sum;
    char const* error = nullptr;  ///< why there is no more
};

/// How much describing a selection costs: about as much as going through so many elements.
std::uint64_t selection_work(hdf5::selection const& selected, element_extents extent) noexcept;

/// \param extent  of the dataspace that is selected from
selection_facts describe_selection(hdf5::selection const& selected, element_extents extent);

}  // namespace lindi::tools
