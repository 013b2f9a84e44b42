/// \file
/// Bytes [offset, offset + size) of a file.

#pragma once

#include <cstdint>

namespace lindi::io {

struct byte_range {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;

    /// One past the last byte. \pre no overflow; `reader` refuses ranges that overflow
    constexpr std::uint64_t end() const noexcept { return offset + size; }
    friend constexpr bool operator==(byte_range, byte_range) = default;
};

}  // namespace lindi::io
