/// \file
/// One LZ4 block, which LZ4, bitshuffle and Blosc all wrap in their own ways.

#pragma once

#include <lindi/core/bytes.hpp>

namespace lindi::codec {

constexpr std::uint64_t lz4_most_per_byte = 255;

/// Decodes a block that fills `out` exactly. \return whether it did
[[nodiscard]] bool
decode_lz4_block(std::span<std::byte const> in, std::span<std::byte> out) noexcept;

}  // namespace lindi::codec
