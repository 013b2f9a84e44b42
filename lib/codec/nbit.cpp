#include "bit_reader.hpp"
#include "copy_whole.hpp"
#include "nbit_type.hpp"

#include <lindi/codec/nbit.hpp>
#include <lindi/core/checked.hpp>

namespace lindi::codec {
namespace {

constexpr auto name = "nbit filter";

/// The packed bits of a number, byte by byte from the most significant one down.
void unpack_atomic(nbit_type const& type, bit_reader& in, std::span<std::byte> out)
{
    auto const low = type.lowest_bit;
    auto const high = low + type.bits;
    for (std::uint64_t byte = (high - 1) / 8 + 1; byte-- > low / 8;) {
        auto const first = static_cast<unsigned>(std::max<std::uint64_t>(low, byte * 8) - byte * 8);
        auto const last = static_cast<unsigned>(std::min(high, byte * 8 + 8) - byte * 8);
        auto const place = type.big_endian ? type.size - 1 - byte : byte;
        out[place] = static_cast<std::byte>(in.take(last - first) << first);
    }
}

void unpack(nbit_type const& type, bit_reader& in, std::span<std::byte> out)
{
    switch (type.what) {
    case nbit_type::kind::atomic:
        unpack_atomic(type, in, out);
        break;
    case nbit_type::kind::array:
        for (std::uint64_t at = 0; at < type.size; at += type.parts[0].size)
            unpack(type.parts[0], in, out.subspan(at, type.parts[0].size));
        break;
    case nbit_type::kind::compound:
        for (auto const& part : type.parts)
            unpack(part, in, out.subspan(part.offset, part.size));
        break;
    case nbit_type::kind::opaque:
        for (auto& byte : out)
            byte = static_cast<std::byte>(in.take(8));
        break;
    }
}

}  // namespace

result<bytes> decode_nbit(block_view in, client_values values, std::uint64_t max_size)
{
    if (values.size() < 3 || values[0] != values.size())
        return error(errc::bad_value, in.at, name, "number of client values");
    if (values[1] != 0)
        return copy_whole(in, max_size, name);
    auto const type = read_nbit_type(values.subspan(3), in.at);
    if (!type)
        return type.error();

    std::uint64_t const count = values[2];
    auto const size = checked_multiply(count, type->size);
    if (!size || *size > max_size)
        return error(errc::too_large, in.at, name, "size of the chunk");
    auto const packed = checked_multiply(count, type->bits);
    if (!packed || divide_up(*packed, 8) > in.size())
        return error(errc::truncated, in.at + in.size(), name);
    bytes out(*size);
    bit_reader bits(in.bytes);
    for (std::uint64_t at = 0; at < out.size(); at += type->size)
        unpack(*type, bits, std::span(out).subspan(at, type->size));
    return out;
}

}  // namespace lindi::codec
