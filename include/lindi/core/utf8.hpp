/// \file
/// Texts as UTF-8 that may be broken. Bytes that are no UTF-8 become the lone surrogates U+DC80 to
/// U+DCFF, one each, as in Python's "surrogateescape": nothing is lost, and a reader in Python gets
/// the same text.

#pragma once

#include <lindi/core/error.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace lindi {

/// As next_code_point, of a byte that is not ASCII.
char32_t next_wide_code_point(std::string_view text, std::size_t& at) noexcept;

/// Reads the code point at `at` and moves past it. \pre at < text.size()
inline char32_t next_code_point(std::string_view text, std::size_t& at) noexcept
{
    auto const lead = static_cast<unsigned char>(text[at]);
    if (lead >= 0x80)
        return next_wide_code_point(text, at);
    ++at;
    return lead;
}

/// Code points of a text, each broken byte counted as one.
std::size_t count_code_points(std::string_view text) noexcept;

/// Not one of the surrogates, which stand for broken bytes here, and in the range.
bool is_scalar(char32_t code) noexcept;

bool is_utf8(std::string_view text) noexcept;

/// Appends a code point as UTF-8. U+DC80 to U+DCFF become the byte that they stand for.
void append_utf8(std::string& out, char32_t code);

/// Puts a text as UTF-32 to the beginning of `to`, as far as there is room.
/// \return whether there was room for all of it
bool put_utf32(std::span<std::byte> to, std::string_view text, bool big_endian) noexcept;

/// UTF-32 without the zeros at its end, as UTF-8; what Python puts in the place of a byte becomes
/// that byte. \return the text; or errc::bad_value: another surrogate, or past U+10FFFF
result<std::string> utf8_of_utf32(std::span<std::byte const> text, bool big_endian);

}  // namespace lindi
