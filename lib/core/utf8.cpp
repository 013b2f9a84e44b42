#include <lindi/core/utf8.hpp>

namespace lindi {
namespace {

struct sequence {
    unsigned length = 0;  ///< bytes; 0: no sequence starts like this
    char32_t first = 0;   ///< payload of the first byte
    char32_t lowest = 0;  ///< the least code point that needs so many bytes
};

sequence sequence_of(unsigned char lead) noexcept
{
    if (lead >= 0xc2 && lead < 0xe0)
        return {2, lead & 0x1fu, 0x80};
    if (lead >= 0xe0 && lead < 0xf0)
        return {3, lead & 0x0fu, 0x800};
    if (lead >= 0xf0 && lead < 0xf5)
        return {4, lead & 0x07u, 0x10000};
    return {};
}

/// Also a byte in Python's disguise: see append_utf8.
bool is_code_point(char32_t code)
{
    return is_scalar(code) || (code >= 0xdc80 && code <= 0xdcff);
}

}  // namespace

bool is_scalar(char32_t code) noexcept
{
    return code < 0xd800 || (code > 0xdfff && code <= 0x10ffff);
}

char32_t next_wide_code_point(std::string_view text, std::size_t& at) noexcept
{
    auto const lead = static_cast<unsigned char>(text[at]);
    auto const broken = static_cast<char32_t>(0xdc00u + lead);
    auto const s = sequence_of(lead);
    if (s.length == 0 || s.length > text.size() - at) {
        ++at;
        return broken;
    }
    auto c = s.first;
    for (unsigned i = 1; i < s.length; ++i) {
        auto const next = static_cast<unsigned char>(text[at + i]);
        if ((next & 0xc0u) != 0x80u) {
            ++at;
            return broken;
        }
        c = c << 6 | (next & 0x3fu);
    }
    if (c < s.lowest || !is_scalar(c)) {
        ++at;
        return broken;
    }
    at += s.length;
    return c;
}

std::size_t count_code_points(std::string_view text) noexcept
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count)
        next_code_point(text, at);
    return count;
}

bool is_utf8(std::string_view text) noexcept
{
    for (std::size_t at = 0; at < text.size();)
        if (!is_scalar(next_code_point(text, at)))
            return false;
    return true;
}

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

bool put_utf32(std::span<std::byte> to, std::string_view text, bool big_endian) noexcept
{
    for (std::size_t at = 0; at < text.size(); to = to.subspan(4)) {
        if (to.size() < 4)
            return false;
        auto const code = next_code_point(text, at);
        for (unsigned i = 0; i < 4; ++i)
            to[big_endian ? 3 - i : i] = static_cast<std::byte>(code >> 8 * i & 0xff);
    }
    return true;
}

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
