/// \file
/// Code points as bytes.

#pragma once

#include <string>

namespace lindi {

/// Appends a code point as UTF-8. U+DC80 to U+DCFF become the one byte that they stand for in
/// Python ("surrogateescape").
void append_utf8(std::string& out, char32_t code);

}  // namespace lindi
