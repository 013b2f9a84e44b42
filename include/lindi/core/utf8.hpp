/// \file
/// Code points as bytes.

#pragma once

#include <lindi/core/error.hpp>

#include <cstddef>
#include <span>
#include <string>

namespace lindi {

/// Appends a code point as UTF-8. U+DC80 to U+DCFF become the one byte that they stand for in
/// Python ("surrogateescape").
void append_utf8(std::string& out, char32_t code);

/// UTF-32 without the zeros at its end, as UTF-8; what Python puts in the place of a byte becomes
/// that byte. \return the text; or errc::bad_value: another surrogate, or past U+10FFFF
result<std::string> utf8_of_utf32(std::span<std::byte const> text, bool big_endian);

}  // namespace lindi
