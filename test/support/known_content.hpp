/// \file
/// Contents whose every byte is known, so that a wrong one cannot go unnoticed.

#pragma once

#include <lindi/cache/store.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace lindi::test {

struct known_content {
    unsigned number = 0;
    bool half_compresses = false;  ///< else LZ4 finds no pattern in it

    std::byte byte_at(std::uint64_t offset) const noexcept
    {
        if (half_compresses && offset / 10'000 % 2 == 0)
            return static_cast<std::byte>(number + offset / 10'000);
        auto x = (offset + 1) * 0x9e3779b97f4a7c15 + number;
        x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
        return static_cast<std::byte>(x >> 56);
    }
    block make(io::byte_range range) const
    {
        auto bytes = std::make_shared<std::vector<std::byte>>(range.size);
        for (std::size_t i = 0; i < range.size; ++i)
            (*bytes)[i] = byte_at(range.offset + i);
        return {bytes, {*bytes, range.offset}};
    }
    bool is(block const& b, io::byte_range range) const
    {
        return b.view.at == range.offset &&
               std::ranges::equal(b.view.bytes, make(range).view.bytes);
    }
    cache::content_key key() const { return {"content " + std::to_string(number)}; }
};

}  // namespace lindi::test
