#include "printable.hpp"

#include <array>
#include <cstdio>

namespace lindi::tools {
namespace {

bool between(unsigned char byte, unsigned low, unsigned high)
{
    return byte >= low && byte <= high;
}

/// Bytes of the sequence that `first` starts, and the range of its second byte.
struct sequence {
    std::size_t length;
    unsigned low = 0x80;
    unsigned high = 0xbf;
};

sequence sequence_of(unsigned char first)
{
    if (between(first, 0xc2, 0xdf))
        return {2};
    if (between(first, 0xe0, 0xef))
        return {3, first == 0xe0 ? 0xa0u : 0x80u, first == 0xed ? 0x9fu : 0xbfu};
    if (between(first, 0xf0, 0xf4))
        return {4, first == 0xf0 ? 0x90u : 0x80u, first == 0xf4 ? 0x8fu : 0xbfu};
    return {0};
}

/// Controls of ASCII and Latin-1, marks that turn the direction of writing, line separators.
bool is_control(std::string_view character)
{
    auto const first = static_cast<unsigned char>(character[0]);
    if (character.size() == 1)
        return first < 0x20 || first == 0x7f;
    auto const second = static_cast<unsigned char>(character[1]);
    if (character.size() == 2)
        return first == 0xc2 && second < 0xa0;
    auto const third = static_cast<unsigned char>(character[2]);
    return character.size() == 3 && first == 0xe2 &&
           ((second == 0x80 && (between(third, 0xa8, 0xae) || between(third, 0x8e, 0x8f))) ||
            (second == 0x81 && between(third, 0xa6, 0xa9)));
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
    while (!text.empty()) {
        auto const length = utf8_length(text);
        auto const character = text.substr(0, length == 0 ? 1 : length);
        text.remove_prefix(character.size());
        if (length == 0 || is_control(character)) {
            append_escaped(out, character);
            continue;
        }
        if (length == 1 && marked.find(character[0]) != marked.npos)
            out += '\\';
        out += character;
    }
    return out;
}

}  // namespace

std::size_t utf8_length(std::string_view text) noexcept
{
    if (text.empty())
        return 0;
    auto const first = static_cast<unsigned char>(text[0]);
    if (first < 0x80)
        return 1;
    auto const form = sequence_of(first);
    if (form.length == 0 || text.size() < form.length)
        return 0;
    if (!between(static_cast<unsigned char>(text[1]), form.low, form.high))
        return 0;
    for (std::size_t i = 2; i < form.length; ++i)
        if (!between(static_cast<unsigned char>(text[i]), 0x80, 0xbf))
            return 0;
    return form.length;
}

bool is_utf8(std::string_view text) noexcept
{
    while (!text.empty()) {
        auto const length = utf8_length(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

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
