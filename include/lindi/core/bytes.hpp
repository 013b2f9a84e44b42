/// \file
/// Bytes that know where in the file they sit.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace lindi {

using bytes = std::vector<std::byte>;

/// Some bytes of a file. A view: whoever hands it out says what keeps the bytes alive.
struct block_view {
    std::span<std::byte const> bytes{};
    std::uint64_t at = 0;  ///< file offset of bytes[0]

    std::size_t size() const noexcept { return bytes.size(); }
    /// Bytes [offset, offset + count), cut to what is there.
    block_view sub(std::size_t offset, std::size_t count) const noexcept
    {
        if (offset > bytes.size())
            offset = bytes.size();
        if (count > bytes.size() - offset)
            count = bytes.size() - offset;
        return {bytes.subspan(offset, count), at + offset};
    }
};

/// A `block_view` with a share in its bytes. Copies share them.
struct block {
    std::shared_ptr<void const> owner{};
    block_view view{};
};

inline std::string_view as_text(std::span<std::byte const> b) noexcept
{
    return {reinterpret_cast<char const*>(b.data()), b.size()};
}

inline std::span<std::byte const> as_bytes(std::string_view text) noexcept
{
    return {reinterpret_cast<std::byte const*>(text.data()), text.size()};
}

}  // namespace lindi
