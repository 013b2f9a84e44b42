/// \file
/// Bytes written as readable text: "54 52 45 45 | 00" or "'TREE' 00". Spaces, bars and newlines
/// only please the eye.

#pragma once

#include <lindi/core/bytes.hpp>

#include <stdexcept>
#include <string_view>

namespace lindi::test {

inline unsigned hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f')
        return static_cast<unsigned>(c - 'a' + 10);
    throw std::invalid_argument("not a lower-case hex digit");
}

inline bytes hex(std::string_view text)
{
    bytes out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (c == ' ' || c == '\n' || c == '|')
            continue;
        if (c == '\'') {
            for (++i; text.at(i) != '\''; ++i)
                out.push_back(static_cast<std::byte>(text[i]));
            continue;
        }
        out.push_back(static_cast<std::byte>(hex_digit(c) << 4 | hex_digit(text.at(++i))));
    }
    return out;
}

}  // namespace lindi::test
