/// \file
/// From a chunk's elements to their places in the dataset.

#pragma once

#include <lindi/node/chunk_table.hpp>

#include <span>
#include <vector>

namespace lindi::array {

/// First element of chunk `number`, in elements.
std::vector<std::uint64_t> chunk_origin(
    node::chunk_table const& table, std::span<std::uint64_t const> chunk_shape, std::uint64_t number
);

/// Copies the part of a chunk that lies inside the dataset.
/// \param chunk   all elements of the chunk, C order
/// \param origin  the chunk's first element; inside the dataset
/// \param out     all elements of the dataset, C order
void scatter_chunk(
    std::span<std::byte const> chunk,
    std::span<std::uint64_t const> chunk_shape,
    std::span<std::uint64_t const> origin,
    std::span<std::uint64_t const> shape,
    std::size_t element_size,
    std::span<std::byte> out
);

}  // namespace lindi::array
