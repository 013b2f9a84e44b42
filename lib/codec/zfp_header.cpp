#include "zfp_header.hpp"

namespace lindi::codec {
namespace {

constexpr auto name = "zfp filter";
constexpr std::uint32_t magic = 0x0570667a;  // 'zfp' and the codec version, 5
constexpr std::uint32_t signature = 0x0070667a;
constexpr std::uint64_t mode_is_long = 0xfff;

constexpr std::uint32_t swap_bytes(std::uint32_t word) noexcept
{
    return word << 24 | (word & 0xff00) << 8 | (word >> 8 & 0xff00) | word >> 24;
}

constexpr bool has_signature(std::uint32_t word) noexcept
{
    return (word & 0x00ffffff) == signature;
}

/// From version 1.1 on the filter notes the codec version apart from zfp's header.
bool is_newer_codec(std::uint32_t versions) noexcept
{
    return (versions & 0xfff) >= 0x110 && (versions >> 12 & 15) > 5;
}

/// 52 bits: two of type, two of rank, 48 of lengths less one.
void read_field(zfp_header& out, std::uint64_t meta)
{
    out.scalar = static_cast<zfp_scalar>(meta & 3);
    out.rank = static_cast<unsigned>(meta >> 2 & 3) + 1;
    meta >>= 4;
    auto const bits = 48 / out.rank;
    for (unsigned i = 0; i < out.rank; ++i, meta >>= bits)
        out.shape[i] = (meta & ((std::uint64_t{1} << bits) - 1)) + 1;
}

}  // namespace

result<zfp_header> decode_zfp_header(client_values values, std::uint64_t at)
{
    std::array<std::uint32_t, 5> words{};
    if (values.size() < 4)
        return error(errc::bad_value, at, name, "number of client values");
    bool const big_endian = !has_signature(values[1]) && has_signature(swap_bytes(values[1]));
    for (std::size_t i = 0; i < words.size() && i + 1 < values.size(); ++i)
        words[i] = big_endian ? swap_bytes(values[i + 1]) : values[i + 1];
    if (!has_signature(words[0]))
        return error(errc::bad_value, at, name, "no zfp header in the client values");
    if (words[0] != magic || is_newer_codec(values[0]))
        return error(errc::unsupported_version, at, name, "version of the zfp codec");

    zfp_header out;
    out.big_endian = big_endian;
    read_field(out, words[1] | std::uint64_t{words[2] & 0xfffff} << 32);
    out.mode = words[2] >> 20;
    if (out.mode != mode_is_long)
        return out;
    if (values.size() < 6)
        return error(errc::bad_value, at, name, "number of client values");
    out.mode |= (words[3] | std::uint64_t{words[4]} << 32) << 12;
    return out;
}

}  // namespace lindi::codec
