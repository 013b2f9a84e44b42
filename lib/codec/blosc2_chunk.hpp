/// \file
/// Blosc2 chunks: a head of 32 bytes, the starts of the blocks, and the blocks as streams.
/// c-blosc2, README_CHUNK_FORMAT.rst.

#pragma once

#include "blosc_stream.hpp"

#include <array>
#include <functional>

namespace lindi::codec {

/// What stands in the place of a chunk whose elements are all alike.
enum class blosc2_special { none = 0, zeros = 1, nans = 2, value = 3, not_written = 4 };

struct blosc2_chunk {
    unsigned flags = 0;
    blosc_codec codec = blosc_codec::blosclz;
    unsigned type_size = 1;
    std::uint64_t size = 0;                        ///< decoded
    std::uint64_t block_size = 1;                  ///< decoded; the last block may be shorter
    std::array<std::uint8_t, 6> filters{};         ///< in the order of writing
    std::array<std::uint8_t, 6> filter_details{};  ///< one for each
    bytes pattern{};      ///< repeated all over the chunk, which then has no blocks; or empty
    block_view stored{};  ///< the whole chunk; where it lies, someone else keeps
};

/// Reads the head of the chunk that `in` begins with.
/// \param max_size  bound of the decoded size
[[nodiscard]] result<blosc2_chunk> decode_blosc2_head(block_view in, std::uint64_t max_size);

/// The element that a special chunk repeats; fails in `c` for kinds and sizes that have none.
[[nodiscard]] bytes special_element(cursor& c, blosc2_special special, std::uint64_t type_size);

/// Repeats `pattern` all over `out`. \pre it is not empty
void fill_with(std::span<std::byte const> pattern, std::span<std::byte> out) noexcept;

/// Called with each block of a chunk in order: where it starts in the chunk, and its bytes.
using blosc2_sink = std::function<void(std::uint64_t start, std::span<std::byte const> block)>;

/// Decodes the blocks one after the other, with memory for three of them. \pre no pattern
/// \return the size of the chunk
[[nodiscard]] result<std::uint64_t>
decode_blosc2_blocks(blosc2_chunk const& chunk, blosc2_sink const& sink);

/// The whole chunk in one piece, in the order of its blocks.
[[nodiscard]] result<bytes> decode_blosc2_chunk(blosc2_chunk const& chunk);

}  // namespace lindi::codec
