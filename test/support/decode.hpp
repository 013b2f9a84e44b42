/// \file
/// What the tests of all decoders need.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/error.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <utility>

namespace lindi::test {

/// File offset that samples pretend to have, so that errors can be seen to count from it.
inline constexpr std::uint64_t sample_at = 0x40;

inline block_view sample_block(std::span<std::byte const> b)
{
    return {b, sample_at};
}

/// The sample with some bytes changed: {offset, value} each.
inline bytes
patched(bytes sample, std::initializer_list<std::pair<std::size_t, std::uint8_t>> changes)
{
    for (auto const& [offset, value] : changes)
        sample.at(offset) = std::byte{value};
    return sample;
}

/// Why something was refused; fails the test when it was not.
template <class T>
errc refusal(result<T> const& r)
{
    REQUIRE(r.has_error());
    return static_cast<errc>(r.error().code().value());
}

/// Decodes the sample cut short at every byte: each must be refused, with a place inside of it.
template <class Decode>
void check_prefixes_refused(bytes const& sample, Decode decode)
{
    for (std::size_t size = 0; size < sample.size(); ++size) {
        CAPTURE(size);
        // A copy of its own, so that ASan sees the slightest step past the end.
        bytes const prefix(sample.begin(), sample.begin() + static_cast<std::ptrdiff_t>(size));
        auto const decoded = decode(sample_block(prefix));
        CHECK(refusal(decoded) == errc::truncated);
        CHECK(decoded.error().at() >= sample_at);
        CHECK(decoded.error().at() <= sample_at + size);
    }
}

}  // namespace lindi::test
