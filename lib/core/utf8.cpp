#include <lindi/core/utf8.hpp>

namespace lindi {

void append_utf8(std::string& out, char32_t code)
{
    constexpr char32_t first_byte = 0xdc80;
    constexpr char32_t last_byte = 0xdcff;
    auto const put = [&out](char32_t byte) { out += static_cast<char>(byte); };
    if (code >= first_byte && code <= last_byte) {
        put(code - 0xdc00);
    } else if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xc0 | code >> 6);
        put(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        put(0xe0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3f));
        put(0x80 | (code & 0x3f));
    } else {
        put(0xf0 | (code >> 18 & 0x07));
        put(0x80 | (code >> 12 & 0x3f));
        put(0x80 | (code >> 6 & 0x3f));
        put(0x80 | (code & 0x3f));
    }
}

namespace {

/// Also a byte in Python's disguise: see append_utf8.
bool is_code_point(char32_t code)
{
    bool const is_surrogate = code >= 0xd800 && code <= 0xdfff;
    bool const is_byte = code >= 0xdc80 && code <= 0xdcff;
    return code <= 0x10ffff && (!is_surrogate || is_byte);
}

}  // namespace

result<std::string> utf8_of_utf32(std::span<std::byte const> text, bool big_endian)
{
    std::string out;
    for (std::size_t at = 0; at + 4 <= text.size(); at += 4) {
        char32_t code = 0;
        for (std::size_t i = 0; i < 4; ++i)
            code |= std::to_integer<char32_t>(text[at + i]) << 8 * (big_endian ? 3 - i : i);
        if (!is_code_point(code))
            return error(errc::bad_value, error::nowhere, "UTF-32", "it is no code point");
        append_utf8(out, code);
    }
    out.erase(out.find_last_not_of('\0') + 1);
    return out;
}

}  // namespace lindi
