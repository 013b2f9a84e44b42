/// \file
/// Writes Blosc version 1 frames with byte shuffle and LZ4, as numcodecs and c-blosc read them.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/error.hpp>

namespace lindi::codec {

/// Encodes `data` as one frame of unsplit blocks; stores it raw where LZ4 does not make it smaller.
/// The same input gives the same frame, as long as liblz4 does. numcodecs refuses to decode the
/// frame of no data, also its own: arrays of size 0 have no chunks.
///
/// \param type_size  bytes of an element, for the shuffle; 0 or over 255 counts as 1
/// \return the frame, or errc::too_large for more than 2^31 - 17 bytes, which a frame cannot hold
[[nodiscard]] result<bytes> encode_blosc(std::span<std::byte const> data, std::uint64_t type_size);

}  // namespace lindi::codec
