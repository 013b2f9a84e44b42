#include <lindi/core/json_reader.hpp>
#include <lindi/core/utf8.hpp>

#include <algorithm>
#include <charconv>

namespace lindi {
namespace {

error refuse(std::size_t at, errc code, char const* why)
{
    return error(code, at, "JSON string", why);
}

/// The number of "\uXXXX" at `at`, if there is one.
std::optional<std::uint32_t> hex_escape(std::string_view raw, std::size_t at)
{
    if (raw.size() - at < 6 || raw[at] != '\\' || raw[at + 1] != 'u')
        return std::nullopt;
    std::uint32_t code = 0;
    auto const* const start = raw.data() + at + 2;
    auto const parsed = std::from_chars(start, start + 4, code, 16);
    if (parsed.ec != std::errc() || parsed.ptr != start + 4)
        return std::nullopt;
    return code;
}

/// Appends the character of "\uXXXX" at `at`, or of a pair of them. \return bytes passed over; 0:
/// none is there
std::size_t append_hex(std::string& out, std::string_view raw, std::size_t at)
{
    auto const code = hex_escape(raw, at);
    if (!code)
        return 0;
    if (*code >= 0xd800 && *code < 0xdc00) {
        auto const low = hex_escape(raw, at + 6);
        if (low && *low >= 0xdc00 && *low < 0xe000) {
            append_utf8(out, 0x10000 + ((*code - 0xd800) << 10) + (*low - 0xdc00));
            return 12;
        }
    }
    append_utf8(out, *code);
    return 6;
}

char short_escape(char c) noexcept
{
    switch (c) {
    case '"':
    case '\\':
    case '/':
        return c;
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return 0;
    }
}

}  // namespace

result<std::string> unescape_json(std::string_view raw)
{
    std::string out;
    out.reserve(raw.size());
    for (std::size_t at = 0; at < raw.size();) {
        auto const plain = std::min(raw.find('\\', at), raw.size());
        out.append(raw, at, plain - at);
        at = plain;
        if (at == raw.size())
            break;
        if (at + 1 == raw.size())
            return refuse(at, errc::truncated, "a backslash at the end");
        if (raw[at + 1] == 'u') {
            auto const passed = append_hex(out, raw, at);
            if (passed == 0)
                return refuse(at, errc::bad_value, "\\u without four digits");
            at += passed;
            continue;
        }
        auto const c = short_escape(raw[at + 1]);
        if (c == 0)
            return refuse(at, errc::bad_value, "an escape that JSON does not have");
        out += c;
        at += 2;
    }
    return out;
}

}  // namespace lindi
