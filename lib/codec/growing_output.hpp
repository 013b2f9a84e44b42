/// \file
/// Where a decoder that does not know its output's size puts it.

#pragma once

#include <lindi/core/bytes.hpp>

#include <algorithm>
#include <cstdint>

namespace lindi::codec {

/// Bytes that double when they are full, up to one more than `max_size`: a stream that reaches the
/// extra byte is too long, and one that ends exactly at `max_size` still has room to say so.
class growing_output {
public:
    /// \param expected  first size, cut to the bound
    growing_output(std::uint64_t expected, std::uint64_t max_size)
        : max_size_(std::min(max_size, no_more)), bytes_(first_size(expected, max_size_))
    {}

    /// Room behind what was written; never empty unless `over`.
    std::span<std::byte> room()
    {
        if (used_ == bytes_.size() && !over())
            bytes_.resize(std::min(2 * bytes_.size(), max_size_ + 1));
        return std::span(bytes_).subspan(used_);
    }
    void wrote(std::size_t count) noexcept { used_ += count; }
    bool over() const noexcept { return used_ > max_size_; }
    bytes take()
    {
        bytes_.resize(used_);
        return std::move(bytes_);
    }

private:
    static constexpr std::uint64_t no_more = std::uint64_t{1} << 60;  // the sums below fit
    static std::size_t first_size(std::uint64_t expected, std::uint64_t max_size)
    {
        return std::min(std::max<std::uint64_t>(expected, 64), max_size) + 1;
    }

    std::uint64_t max_size_;
    std::size_t used_ = 0;
    bytes bytes_;
};

}  // namespace lindi::codec
