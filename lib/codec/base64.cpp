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

/// The digits of three bytes.
void put_group(char* to, std::byte const* group) noexcept
{
    auto const byte = [group](std::size_t i) { return std::to_integer<std::uint32_t>(group[i]); };
    auto const value = byte(0) << 16 | byte(1) << 8 | byte(2);
    to[0] = alphabet[value >> 18];
    to[1] = alphabet[value >> 12 & 63];
    to[2] = alphabet[value >> 6 & 63];
    to[3] = alphabet[value & 63];
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
    auto const start = out.size();
    out.resize(start + (data.size() + 2) / 3 * 4);
    auto* to = out.data() + start;
    for (; data.size() >= 3; data = data.subspan(3), to += 4)
        put_group(to, data.data());
    if (data.empty())
        return;
    std::array<std::byte, 3> last{};
    std::copy(data.begin(), data.end(), last.begin());
    put_group(to, last.data());
    std::fill(to + data.size() + 1, to + 4, '=');
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
