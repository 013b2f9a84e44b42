/// \file
/// Blosc2 chunks with more than one dimension: blocks are boxes, and stick out of the chunk where
/// its shape is not a multiple of theirs. c-blosc2, README_B2ND_METALAYER.rst.

#pragma once

#include <lindi/core/cursor.hpp>

namespace lindi::codec {

/// An array of one chunk. All shapes have the slowest dimension first, and the same rank.
struct b2nd_array {
    std::vector<std::uint64_t> shape{};
    std::vector<std::uint64_t> block{};
    std::vector<std::uint64_t> grid{};  ///< number of blocks
    std::uint64_t type_size = 1;
    std::uint64_t size = 0;         ///< bytes of the array
    std::uint64_t block_size = 0;   ///< bytes of one block
    std::uint64_t padded_size = 0;  ///< bytes of all blocks

    /// Copies what of a block lies inside the array to its place in `out`.
    /// \param number  of the block, the fastest dimension first
    /// \pre block.size() == block_size, out.size() == size, number is in the grid
    void place(
        std::uint64_t number, std::span<std::byte const> block_bytes, std::span<std::byte> out
    ) const;
};

/// Decodes the content of the metalayer "b2nd".
/// \param max_size  bound for the bytes of the array
[[nodiscard]] result<b2nd_array>
decode_b2nd(block_view content, std::uint64_t type_size, std::uint64_t max_size);

}  // namespace lindi::codec
