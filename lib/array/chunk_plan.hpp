/// \file
/// Which stored chunks a part of a dataset touches, and where.

#pragma once

#include <lindi/array/hyperslab.hpp>
#include <lindi/node/graph.hpp>

#include <vector>

namespace lindi::array {

struct touched_chunk {
    std::uint64_t number = 0;  ///< in the chunk grid
    node::stored_chunk stored;
    std::vector<overlap> common;  ///< one per dimension, none empty
    bool partial = false;         ///< it sticks out of the dataset
    std::uint64_t inside_elements =
        0;  ///< up to the last one inside the dataset: some writers store no more
};

/// \param table  of the dataset; may lack chunks that the part does not touch
std::vector<touched_chunk>
plan_chunks(node::dataset const& data, node::chunk_table const& table, std::span<slice const> part);

}  // namespace lindi::array
