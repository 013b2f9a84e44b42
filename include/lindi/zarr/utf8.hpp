/// \file UTF-8 that may be broken. Bytes that are no UTF-8 become the lone surrogates U+DC80 to
/// U+DCFF, one each, as in Python's "surrogateescape": nothing is lost, and a reader in Python gets
/// the same text.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lindi::zarr {

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

bool is_utf8(std::string_view text) noexcept;

}  // namespace lindi::zarr
