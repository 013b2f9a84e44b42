/// \file
/// Reads many ranges without holding all their bytes at once.

#pragma once

#include <lindi/io/reader.hpp>

#include <functional>

namespace lindi::node {

/// Reads the ranges in batches of at most a few dozen MiB and hands the blocks over in order.
/// A small structure costs one batch.
task<result<void>> read_in_slices(
    io::reader& from,
    std::vector<io::byte_range> ranges,
    std::function<result<void>(std::size_t index, block const&)> visit
);

}  // namespace lindi::node
