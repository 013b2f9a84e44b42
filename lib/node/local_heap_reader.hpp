/// \file
/// The data segment of a local heap.

#pragma once

#include <lindi/node/file.hpp>

namespace lindi::node {

/// Reads header and segment, one after the other.
task<result<block>> read_local_heap(file& f, std::uint64_t address);

}  // namespace lindi::node
