/// \file
/// Filter 32008, bitshuffle: the bits of the elements transposed, then nothing, LZ4 or Zstandard.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes bitshuffle.
/// \param values  major and minor version, element size, block size in elements (0: as many as
///   8 KiB have), compression (absent or 0: none, 2: LZ4, 3: Zstandard)
[[nodiscard]] result<bytes>
decode_bitshuffle(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
