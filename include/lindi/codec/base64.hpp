/// \file
/// Base 64 with the standard alphabet and padding. RFC 4648, section 4.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/error.hpp>

#include <string>
#include <string_view>

namespace lindi::codec {

/// Appends the text of `data` to `out`: four characters for every three bytes, without line breaks.
void append_base64(std::string& out, std::span<std::byte const> data);

/// The bytes of a text. Strict: no white space, no missing padding, no bits behind the last byte.
/// \return the bytes, or errc::truncated (length not a multiple of 4), errc::bad_value; the
///   place of the error counts from the start of the text
[[nodiscard]] result<bytes> decode_base64(std::string_view text);

}  // namespace lindi::codec
