/// \file
/// What tests of decoders do with a sample: change it, seal it with a checksum, cut it short.

#pragma once

#include "hex.hpp"

#include <lindi/core/error.hpp>
#include <lindi/hdf5/checksum.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace lindi::test {

/// Where samples pretend to lie in their file.
inline constexpr std::uint64_t sample_at = 0x1000;

inline block_view at_sample(bytes const& b)
{
    return {b, sample_at};
}

/// `b` with the bytes that `text` writes from `offset` on.
inline bytes patched(bytes b, std::size_t offset, std::string_view text)
{
    auto const patch = hex(text);
    std::copy(patch.begin(), patch.end(), b.begin() + static_cast<std::ptrdiff_t>(offset));
    return b;
}

/// `b` with its last four bytes turned into the checksum of the others.
inline bytes sealed(bytes b)
{
    auto const content = b.size() - 4;
    auto const sum = hdf5::lookup3(std::span(b).first(content));
    for (unsigned i = 0; i < 4; ++i)
        b[content + i] = static_cast<std::byte>(sum >> 8 * i);
    return b;
}

inline bytes joined(bytes a, bytes const& b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// Every shorter prefix is refused, with an error whose place is inside of it. Prefixes are copies,
/// so that a sanitizer sees a read past the end.
template <class Decode>
void check_prefixes(bytes const& sample, Decode decode)
{
    for (std::size_t n = 0; n < sample.size(); ++n) {
        CAPTURE(n);
        bytes const prefix(sample.begin(), sample.begin() + static_cast<std::ptrdiff_t>(n));
        auto const decoded = decode(at_sample(prefix));
        REQUIRE(decoded.has_error());
        CHECK(decoded.error().at() >= sample_at);
        CHECK(decoded.error().at() <= sample_at + n);
    }
}

}  // namespace lindi::test
