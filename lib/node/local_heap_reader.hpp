/// \file
/// The data segment of a local heap.

#pragma once

#include <lindi/node/file.hpp>

namespace lindi::node {

struct local_heap_segment {
    block data;
    result<void> free_list;  ///< whether it is intact; texts are there without it
};

/// Reads header and segment, one after the other.
task<result<local_heap_segment>> read_local_heap(file& f, std::uint64_t address);

}  // namespace lindi::node
