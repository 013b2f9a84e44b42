/// \file
/// Objects of a fractal heap.

#pragma once

#include <lindi/node/file.hpp>

#include <vector>

namespace lindi::node {

/// The objects with these ids, in their order; each succeeds or fails alone.
/// Costs one wave for the header, one per level of indirect blocks and one for all direct blocks.
/// \param address  of the heap's header
/// \param ids      heap ids; copied, so that the caller's records may go
/// \return the objects; or why the heap as a whole cannot be read
task<result<std::vector<result<block>>>>
read_heap_objects(file& f, std::uint64_t address, std::vector<lindi::bytes> ids);

/// One object.
task<result<block>> read_heap_object(file& f, std::uint64_t address, block_view id);

}  // namespace lindi::node
