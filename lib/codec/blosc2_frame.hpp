/// \file
/// Blosc2 contiguous frames: a head in MessagePack, chunks, the chunk with their offsets, a
/// trailer. c-blosc2, README_CFRAME_FORMAT.rst.

#pragma once

#include "blosc2_chunk.hpp"

#include <optional>

namespace lindi::codec {

struct blosc2_frame {
    std::uint64_t size = 0;        ///< decoded, of all chunks
    std::uint64_t chunk_size = 0;  ///< decoded; the last chunk may be shorter
    std::uint64_t type_size = 0;
    block_view chunks{};                ///< stored, one behind the other
    block_view offsets{};               ///< the chunk with the offsets, and what is behind it
    std::optional<block_view> shape{};  ///< content of the metalayer "b2nd", if there is one
};

[[nodiscard]] result<blosc2_frame> decode_blosc2_frame(block_view in);

/// Reads the head of the one chunk that a frame in an HDF5 file has.
/// \param size      what the chunk must come to, decoded
[[nodiscard]] result<blosc2_chunk> find_only_chunk(blosc2_frame const& frame, std::uint64_t size);

}  // namespace lindi::codec
