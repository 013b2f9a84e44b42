/// \file
/// What every decoder owes a caller when its input stops early.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/error.hpp>

#include <doctest/doctest.h>

namespace lindi::codec::test {

constexpr std::uint64_t place = 0x40;  // where samples pretend to lie in a file

/// Every shorter prefix of `sample` is refused, with a place inside it.
/// \param decode  block_view -> result<bytes>
template <class Decode>
void refuses_prefixes(bytes const& sample, Decode decode)
{
    for (std::size_t n = 0; n < sample.size(); ++n) {
        CAPTURE(n);
        // A copy, so that a sanitizer sees a read past the prefix.
        bytes const prefix(sample.begin(), sample.begin() + static_cast<std::ptrdiff_t>(n));
        auto const decoded = decode(block_view{prefix, place});
        REQUIRE(decoded.has_error());
        CHECK(decoded.error().at() >= place);
        CHECK(decoded.error().at() <= place + n);
    }
}

/// Every shorter prefix is refused, or gives less than the whole: formats without a length.
template <class Decode>
void refuses_or_shortens_prefixes(bytes const& sample, std::size_t whole, Decode decode)
{
    for (std::size_t n = 0; n < sample.size(); ++n) {
        CAPTURE(n);
        bytes const prefix(sample.begin(), sample.begin() + static_cast<std::ptrdiff_t>(n));
        auto const decoded = decode(block_view{prefix, place});
        if (decoded) {
            CHECK(decoded->size() < whole);
        } else {
            CHECK(decoded.error().at() >= place);
            CHECK(decoded.error().at() <= place + n);
        }
    }
}

}  // namespace lindi::codec::test
