#include <lindi/core/utf8.hpp>
#include <lindi/zarr/json_text.hpp>

namespace lindi::zarr {

namespace {

bool stands_for_itself(char c) noexcept
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

void append_unit(std::string& out, char32_t unit)
{
    static constexpr char digits[] = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += digits[unit >> shift & 0xf];
}

char short_escape(char32_t c) noexcept
{
    switch (c) {
    case '"':
        return '"';
    case '\\':
        return '\\';
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

void append_escape(std::string& out, char32_t c)
{
    if (auto const letter = short_escape(c)) {
        out += '\\';
        out += letter;
    } else if (c < 0x10000) {
        append_unit(out, c);
    } else {
        append_unit(out, 0xd800 + ((c - 0x10000) >> 10));
        append_unit(out, 0xdc00 + ((c - 0x10000) & 0x3ff));
    }
}

}  // namespace

void append_escaped(std::string& out, std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        auto const start = at;
        while (at < text.size() && stands_for_itself(text[at]))
            ++at;
        out += text.substr(start, at - start);
        if (at < text.size())
            append_escape(out, next_code_point(text, at));
    }
}

void append_string(std::string& out, std::string_view text)
{
    out += '"';
    append_escaped(out, text);
    out += '"';
}

void append_list(std::string& out, std::span<std::uint64_t const> numbers)
{
    out += '[';
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i != 0)
            out += ',';
        append_integer(out, numbers[i]);
    }
    out += ']';
}

}  // namespace lindi::zarr
