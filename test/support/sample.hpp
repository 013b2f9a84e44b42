/// \file
/// What tests of file structures do with a sample: change it, join it, cut it short.

#pragma once

#include "decode.hpp"
#include "hex.hpp"
#include "sealed.hpp"

#include <algorithm>
#include <string_view>

namespace lindi::test {

/// `b` with the bytes that `text` writes from `offset` on.
inline bytes patched(bytes b, std::size_t offset, std::string_view text)
{
    auto const patch = hex(text);
    std::copy(patch.begin(), patch.end(), b.begin() + static_cast<std::ptrdiff_t>(offset));
    return b;
}

inline bytes joined(bytes a, bytes const& b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// Like check_prefixes_refused, but for any reason: a block may say its size, or hold a checksum in
/// front of what it guards.
template <class Decode>
void check_prefixes(bytes const& sample, Decode decode)
{
    for (std::size_t n = 0; n < sample.size(); ++n) {
        CAPTURE(n);
        bytes const prefix(sample.begin(), sample.begin() + static_cast<std::ptrdiff_t>(n));
        auto const decoded = decode(sample_block(prefix));
        REQUIRE(decoded.has_error());
        CHECK(decoded.error().at() >= sample_at);
        CHECK(decoded.error().at() <= sample_at + n);
    }
}

}  // namespace lindi::test
