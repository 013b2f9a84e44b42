/// \file
/// Objects of a fractal heap.

#pragma once

#include <lindi/hdf5/fractal_heap.hpp>
#include <lindi/node/file.hpp>

#include <vector>

namespace lindi::node {

/// Objects that were picked up; each succeeds or fails alone. Their bytes count as memory while
/// this lives.
struct heap_objects {
    std::vector<result<block>> items;
    memory_lease held;
};

/// What the objects of a heap are found with.
struct opened_heap {
    hdf5::fractal_heap header;
    result<block> root{block{}};  ///< the root block, where it is indirect
};

/// The header of a heap and its root block. One wave, and one more where the root is indirect:
/// meanwhile the ids of objects can be read.
task<result<opened_heap>> open_heap(file& f, std::uint64_t address);

/// The objects with these ids, in their order.
/// Costs one wave per level of indirect blocks below the root and one for all direct blocks; huge
/// objects take as many as the levels of their index and one more, at the same time.
/// \param ids  heap ids
task<heap_objects> read_heap_objects(file& f, opened_heap heap, std::vector<lindi::bytes> ids);

/// One object of a heap whose header was not read.
/// \param id  copied
task<result<block>> read_heap_object(file& f, std::uint64_t address, block_view id);

}  // namespace lindi::node
