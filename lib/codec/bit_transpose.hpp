/// \file
/// The transposition of bits that bitshuffle and Blosc's bit shuffle share.

#pragma once

#include <lindi/core/bytes.hpp>

namespace lindi::codec {

/// Puts the bits of elements back together. `in` has bit 0 of byte 0 of every element, then bit 1,
/// and so on; of eight elements the first is in the lowest bit. \pre element_size != 0, in.size()
/// == out.size(), and that is a multiple of 8 elements
void unshuffle_bits(
    std::span<std::byte const> in, std::size_t element_size, std::span<std::byte> out
) noexcept;

}  // namespace lindi::codec
