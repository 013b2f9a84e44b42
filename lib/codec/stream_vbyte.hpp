/// \file
/// Stream VByte: integers of 32 bits without their leading zeros. First the lengths, two bits each,
/// the first in the lowest bits; then the integers. D. Lemire, N. Kurz, C. Rupp, "Stream VByte",
/// 2018.

#pragma once

#include <lindi/core/cursor.hpp>

namespace lindi::codec {

/// What the lengths 0 to 3 mean.
enum class vbyte_code {
    bytes,      ///< 1, 2, 3 or 4 bytes
    half_bytes  ///< nothing, or 1, 2 or 4 half bytes, the lower half of a byte first
};

/// Reads the integers of one stream, in order.
class stream_vbyte {
public:
    /// Takes the lengths of `count` integers from `c`, and fails there unless they are whole.
    stream_vbyte(cursor& c, std::uint64_t count, vbyte_code code);

    /// The next integer, or 0 when `c` failed. \pre called at most `count` times
    std::uint32_t next();

private:
    std::uint32_t half_bytes(unsigned count);

    cursor& c_;
    std::span<std::byte const> lengths_;
    vbyte_code code_;
    std::uint64_t used_ = 0;
    std::optional<std::uint8_t> upper_half_{};
};

}  // namespace lindi::codec
