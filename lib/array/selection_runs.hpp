/// \file
/// The elements of a selection as runs of neighbours.

#pragma once

#include <lindi/hdf5/selection.hpp>

#include <span>
#include <vector>

namespace lindi::array {

/// Elements [first, first + count) of a dataset, numbered in C order.
struct element_run {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
};

/// Runs in the order in which the selection is read: ascending, for points as stored.
/// \param extents  of the dataset
/// \param end      where a selection without an end stops, in its unlimited dimension
/// \return the runs; or errc::bad_value (another rank, elements outside), errc::too_large
///   (millions of runs)
[[nodiscard]] result<std::vector<element_run>>
runs_of(hdf5::selection const& s, std::span<std::uint64_t const> extents, std::uint64_t end);

}  // namespace lindi::array
