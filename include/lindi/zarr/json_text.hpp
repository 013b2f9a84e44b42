/// \file
/// JSON as text, ASCII only, as Python's json writes it without spaces.

#pragma once

#include <lindi/zarr/float_text.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace lindi::zarr {

/// Appends what stands between the quotes: everything outside 0x20 to 0x7e escaped, bytes that are
/// no UTF-8 as lone surrogates (utf8.hpp).
void append_escaped(std::string& out, std::string_view text);

void append_string(std::string& out, std::string_view text);

/// "[3,4]"
void append_list(std::string& out, std::span<std::uint64_t const> numbers);

}  // namespace lindi::zarr
