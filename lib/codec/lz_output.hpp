/// \file
/// Output of the LZ77 family: literal bytes and copies of what was written before.

#pragma once

#include <lindi/core/bytes.hpp>

#include <algorithm>
#include <cstring>

namespace lindi::codec {

/// Writes into a buffer that someone else owns, and never past its end.
class lz_output {
public:
    explicit lz_output(std::span<std::byte> out) noexcept : out_(out) {}

    std::size_t size() const noexcept { return used_; }
    std::size_t room() const noexcept { return out_.size() - used_; }

    /// \pre data.size() <= room()
    void literals(std::span<std::byte const> data) noexcept
    {
        std::copy(data.begin(), data.end(), out_.begin() + static_cast<std::ptrdiff_t>(used_));
        used_ += data.size();
    }
    /// Repeats what lies `distance` bytes back; a match longer than that repeats itself.
    /// \pre 0 < distance <= size(), length <= room()
    void match(std::size_t distance, std::size_t length) noexcept
    {
        auto* const to = out_.data() + used_;
        if (distance >= length)
            std::memcpy(to, to - distance, length);
        else if (distance == 1)
            std::memset(to, std::to_integer<int>(*(to - 1)), length);
        else
            for (std::size_t i = 0; i < length; ++i)
                to[i] = to[static_cast<std::ptrdiff_t>(i) - static_cast<std::ptrdiff_t>(distance)];
        used_ += length;
    }

private:
    std::span<std::byte> out_;
    std::size_t used_ = 0;
};

}  // namespace lindi::codec
