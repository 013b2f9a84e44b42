/// \file
/// From the ranges of a wave to the requests that bring them.

#pragma once

#include <lindi/io/byte_range.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace lindi::io {

struct plan_options {
    std::uint64_t merge_gap = 0;  ///< ranges this far apart become one run
    std::uint64_t longest_run =
        8 << 20;                   ///< merging stops here; a longer range is a run of its own
    std::uint64_t part = 2 << 20;  ///< runs longer than this are cut into parts of about this size
};

/// Bytes that are kept together.
struct planned_run {
    byte_range bytes;
    std::size_t first_part = 0;
    std::size_t part_count = 0;
};

struct request_plan {
    std::vector<planned_run> runs;  ///< sorted, disjoint
    std::vector<byte_range> parts;  ///< one request each, sorted
    std::vector<std::size_t>
        run_of_range;  ///< for each range asked for: the run that holds all of it
};

/// \param wave  in any order, overlapping as they like; empty ranges belong to whatever run, or to
/// none \pre no range overflows
request_plan plan_requests(std::span<byte_range const> wave, plan_options const& options);

}  // namespace lindi::io
