/// \file
/// Reads many ranges without holding all their bytes at once.

#pragma once

#include <lindi/io/reader.hpp>

#include <functional>

namespace lindi::node {

/// Reads the ranges in batches of at most a few dozen MiB and hands the answers over in order, each
/// of which may be an error. A small structure costs one batch.
task<void> read_each_in_slices(
    io::reader& from,
    std::vector<io::byte_range> ranges,
    char const* what,
    std::function<void(std::size_t index, result<block> const&)> visit
);

/// As above, up to the first error, of reading or of `visit`.
task<result<void>> read_in_slices(
    io::reader& from,
    std::vector<io::byte_range> ranges,
    char const* what,
    std::function<result<void>(std::size_t index, block const&)> visit
);

}  // namespace lindi::node
