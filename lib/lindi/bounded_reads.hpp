/// \file
/// Many reads whose bytes are used one after the other and not kept.

#pragma once

#include <lindi/node/file.hpp>

#include <functional>
#include <vector>

namespace lindi::rfs {

/// Reads ranges batch by batch, so that few of their bytes are held at a time: those of a batch are
/// charged before they are read, and given back when `take` saw them.
/// \param take  gets the index of a range, and its bytes or why there are none; outlives the task
task<void> read_bounded(
    node::file& f,
    std::vector<io::byte_range> const& ranges,
    std::function<void(std::size_t, result<block> const&)> const& take
);

}  // namespace lindi::rfs
