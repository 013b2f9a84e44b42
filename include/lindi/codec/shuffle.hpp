/// \file
/// Filter 2, shuffle: the first byte of every element, then the second bytes, and so on.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes shuffle. Bytes past the last whole element stay where they are.
/// \param values  the size of an element; not 0
[[nodiscard]] result<bytes>
decode_shuffle(block_view in, client_values values, std::uint64_t max_size);

/// Sorts `in` by byte of element into `out`. \pre in.size() == out.size(), element_size != 0
void shuffle(
    std::span<std::byte const> in, std::size_t element_size, std::span<std::byte> out
) noexcept;

/// Undoes `shuffle`. \pre in.size() == out.size(), element_size != 0
void unshuffle(
    std::span<std::byte const> in, std::size_t element_size, std::span<std::byte> out
) noexcept;

}  // namespace lindi::codec
