/// \file
/// Single elements of a dataset, wherever they lie.

#pragma once

#include <lindi/node/file.hpp>

#include <span>
#include <vector>

namespace lindi::array {

/// Reads elements by their coordinates. Chunks that have to be decoded, and virtual datasets, are
/// read once, however many points lie in them.
/// \param points  coordinates, all inside the dataset; outlive the task
/// \param out     points.size() * data.type->size bytes, in the order of the points; outlives the
///   task
/// \return as read_into
task<result<void>> read_points(
    node::file& f,
    node::dataset const& data,
    std::vector<std::vector<std::uint64_t>> const& points,
    std::span<std::byte> out
);

}  // namespace lindi::array
