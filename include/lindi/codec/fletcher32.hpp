/// \file
/// Filter 3, fletcher32: the data, then a little-endian checksum of 32 bits.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Verifies the checksum and takes it off. Client data is not used.
/// libhdf5 before 1.6.3 swapped the bytes of each half on little-endian machines: also accepted.
[[nodiscard]] result<bytes>
decode_fletcher32(block_view in, client_values values, std::uint64_t max_size);

/// Fletcher's checksum over big-endian words of 16 bits; an odd last byte is the high half of one.
std::uint32_t fletcher32(std::span<std::byte const> data) noexcept;

}  // namespace lindi::codec
