#include "printable.hpp"

#include <lindi/core/utf8.hpp>

#include <array>
#include <cstdio>

namespace lindi::tools {
namespace {

/// Controls of ASCII and Latin-1, marks that turn the direction of writing, line separators.
bool is_control(char32_t code)
{
    auto const between = [code](char32_t low, char32_t high) {
        return code >= low && code <= high;
    };
    return code < 0x20 || between(0x7f, 0x9f) || between(0x200e, 0x200f) ||
           between(0x2028, 0x202e) || between(0x2066, 0x2069);
}

void append_escaped(std::string& out, std::string_view bytes)
{
    for (char const c : bytes) {
        if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else {
            std::array<char, 8> hex{};
            std::snprintf(hex.data(), hex.size(), "\\x%02x", static_cast<unsigned char>(c));
            out += hex.data();
        }
    }
}

/// \param marked  characters that get a backslash in front
std::string escaped(std::string_view text, std::string_view marked)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        auto const begin = at;
        auto const code = next_code_point(text, at);
        auto const character = text.substr(begin, at - begin);
        if (!is_scalar(code) || is_control(code)) {
            append_escaped(out, character);
            continue;
        }
        if (code < 0x80 && marked.find(character[0]) != marked.npos)
            out += '\\';
        out += character;
    }
    return out;
}

}  // namespace

std::string printable(std::string_view text)
{
    return escaped(text, "\\");
}

std::string in_quotes(std::string_view text)
{
    return '"' + escaped(text, "\\\"") + '"';
}

std::string one_line(std::string_view text)
{
    return escaped(text, "");
}

}  // namespace lindi::tools
