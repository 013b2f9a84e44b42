/// \file
/// Numbers of any width out of packed bytes, the most significant bit first.

#pragma once

#include <lindi/core/bytes.hpp>

#include <algorithm>

namespace lindi::codec {

class bit_reader {
public:
    explicit bit_reader(std::span<std::byte const> data) noexcept : data_(data) {}

    /// The next `count` bits as a number. \pre they are there, count <= 64
    std::uint64_t take(unsigned count) noexcept
    {
        std::uint64_t value = 0;
        while (count > 0) {
            auto const left = 8 - static_cast<unsigned>(position_ % 8);
            auto const part = std::min(left, count);
            auto const byte = std::to_integer<unsigned>(data_[position_ / 8]);
            value = value << part | (byte >> (left - part) & ((1u << part) - 1));
            position_ += part;
            count -= part;
        }
        return value;
    }

private:
    std::span<std::byte const> data_;
    std::uint64_t position_ = 0;  ///< in bits
};

}  // namespace lindi::codec
