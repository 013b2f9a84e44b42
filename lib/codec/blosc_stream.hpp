/// \file
/// The streams inside Blosc chunks, of both versions, and the codecs that pack them.

#pragma once

#include <lindi/core/cursor.hpp>

namespace lindi::codec {

/// As the upper three bits of a chunk's flags number them.
enum class blosc_codec { blosclz = 0, lz4 = 1, snappy = 2, zlib = 3, zstd = 4 };

/// The most that one byte of a stream stands for.
std::uint64_t most_per_byte(blosc_codec codec);

/// Fails with unsupported unless `codec` is one that `decode_blosc_stream` has.
void require_known(cursor& c, blosc_codec codec);

/// Decodes a stream that fills `out` exactly, or fails in `c`. \pre the codec is known
void decode_blosc_stream(cursor& c, blosc_codec codec, block_view in, std::span<std::byte> out);

}  // namespace lindi::codec
