#include <lindi/codec/base64.hpp>

#include <algorithm>
#include <array>

namespace lindi::codec {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_digit = 0xff;

constexpr std::array<std::uint8_t, 256> digits = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(no_digit);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    return table;
}();

/// Up to three bytes as a number of 24 bits.
std::uint32_t join(std::span<std::byte const> group) noexcept
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 3; ++i)
        value = value << 8 | (i < group.size() ? std::to_integer<std::uint32_t>(group[i]) : 0);
    return value;
}

error refuse(std::size_t at, char const* detail)
{
    return error(errc::bad_value, at, "base64 text", detail);
}

std::size_t count_padding(std::string_view text) noexcept
{
    if (text.ends_with("=="))
        return 2;
    return text.ends_with('=') ? 1 : 0;
}

}  // namespace

void append_base64(std::string& out, std::span<std::byte const> data)
{
    auto at = out.size();
    out.resize(at + (data.size() + 2) / 3 * 4, '=');
    for (; !data.empty(); data = data.subspan(std::min<std::size_t>(3, data.size())), at += 4) {
        auto const group = data.first(std::min<std::size_t>(3, data.size()));
        auto const value = join(group);
        for (std::size_t i = 0; i <= group.size(); ++i)
            out[at + i] = alphabet[value >> (18 - 6 * i) & 63];
    }
}

result<bytes> decode_base64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return error(errc::truncated, text.size(), "base64 text", "length is not a multiple of 4");
    auto const padding = count_padding(text);
    auto const length = text.size() - padding;
    bytes out;
    out.reserve(text.size() / 4 * 3);
    std::uint32_t value = 0;
    unsigned bits = 0;
    for (std::size_t at = 0; at < length; ++at) {
        auto const digit = digits[static_cast<unsigned char>(text[at])];
        if (digit == no_digit)
            return refuse(at, "character outside the alphabet");
        value = value << 6 | digit;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<std::byte>(value >> bits));
            value &= (1u << bits) - 1;
        }
    }
    if (value != 0)
        return refuse(length - 1, "bits behind the last byte");
    return out;
}

}  // namespace lindi::codec
