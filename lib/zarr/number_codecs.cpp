#include "number_codecs.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/node/value.hpp>
#include <lindi/zarr/stored_type.hpp>

#include <cmath>
#include <cstring>

namespace lindi::zarr {
namespace {

/// Types of the numbers on both sides of a codec.
struct number_types {
    hdf5::datatype_ptr encoded;
    hdf5::datatype_ptr decoded;
    std::size_t count = 0;
};

error refuse(errc code, block_view in, char const* codec, std::string why)
{
    return error(code, in.at, codec, std::move(why));
}

bool is_float(hdf5::datatype const& type)
{
    return type.what == hdf5::type_class::floating;
}

result<hdf5::datatype_ptr> number_type(std::string const& dtype, block_view in, char const* codec)
{
    auto const type = type_of_dtype(dtype);
    if (!type || !type->is_number || type->item_size > 8)
        return refuse(errc::unsupported, in, codec, "dtype " + dtype);
    return type->element;
}

result<number_types>
types_of(codec_call const& call, block_view in, std::uint64_t max_size, char const* codec)
{
    auto const decoded = number_type(call.dtype, in, codec);
    if (!decoded)
        return decoded.error();
    auto const encoded = number_type(call.astype.empty() ? call.dtype : call.astype, in, codec);
    if (!encoded)
        return encoded.error();
    number_types out{*encoded, *decoded, in.size() / (*encoded)->size};
    if (in.size() % out.encoded->size != 0)
        return refuse(errc::bad_value, in, codec, "not a whole number of numbers");
    auto const size = checked_multiply(out.count, out.decoded->size);
    if (!size || *size > max_size)
        return refuse(errc::too_large, in, codec, "size of the chunk");
    return out;
}

/// Puts the low bytes of a number into its place.
void put_bits(hdf5::datatype const& type, std::uint64_t bits, std::span<std::byte> to)
{
    bool const big = type.order == hdf5::byte_order::big;
    for (std::size_t i = 0; i < to.size(); ++i, bits >>= 8)
        to[big ? to.size() - 1 - i : i] = static_cast<std::byte>(bits & 0xff);
}

template <class Bits, class Float>
Bits bits_of(Float value)
{
    static_assert(sizeof(Bits) == sizeof(Float));
    Bits out = 0;
    std::memcpy(&out, &value, sizeof out);
    return out;
}

/// As numpy's astype: floats are rounded, whole numbers cut.
void put_double(hdf5::datatype const& type, double value, std::span<std::byte> to)
{
    if (is_float(type)) {
        put_bits(
            type,
            type.size == 4 ? bits_of<std::uint32_t>(static_cast<float>(value))
                           : bits_of<std::uint64_t>(value),
            to
        );
        return;
    }
    auto const cut = std::trunc(value);
    // What no 64 bits hold becomes what x86 makes of it.
    std::uint64_t bits = std::uint64_t{1} << 63;
    if (cut >= -0x1p63 && cut < 0x1p63)
        bits = static_cast<std::uint64_t>(static_cast<std::int64_t>(cut));
    else if (cut >= 0x1p63 && cut < 0x1p64)
        bits = static_cast<std::uint64_t>(cut);
    put_bits(type, bits, to);
}

double to_double(hdf5::datatype const& type, std::span<std::byte const> from)
{
    if (is_float(type))
        return node::decode_float(type, from);
    auto const bits = node::decode_integer_bits(type, from);
    return type.is_signed ? static_cast<double>(static_cast<std::int64_t>(bits))
                          : static_cast<double>(bits);
}

}  // namespace

result<lindi::bytes> decode_delta(codec_call const& call, block_view in, std::uint64_t max_size)
{
    constexpr auto name = "delta codec";
    auto const types = types_of(call, in, max_size, name);
    if (!types)
        return types.error();
    auto const& from = *types->encoded;
    auto const& to = *types->decoded;
    if ((is_float(from) && !is_float(to)) || (is_float(to) && to.size == 2))
        return refuse(errc::unsupported, in, name, call.astype + " to " + call.dtype);
    lindi::bytes out(types->count * to.size);
    std::uint64_t whole = 0;
    double real = 0;
    for (std::size_t i = 0; i < types->count; ++i) {
        auto const element = in.bytes.subspan(i * from.size, from.size);
        auto const place = std::span(out).subspan(i * to.size, to.size);
        if (!is_float(to)) {
            whole += node::decode_integer_bits(from, element);
            put_bits(to, whole, place);
            continue;
        }
        real += to_double(from, element);
        if (to.size == 4)
            real = static_cast<double>(static_cast<float>(real));
        put_double(to, real, place);
    }
    return out;
}

result<lindi::bytes>
decode_fixed_scale_offset(codec_call const& call, block_view in, std::uint64_t max_size)
{
    constexpr auto name = "fixedscaleoffset codec";
    auto const types = types_of(call, in, max_size, name);
    if (!types)
        return types.error();
    auto const& from = *types->encoded;
    auto const& to = *types->decoded;
    if (is_float(to) && to.size == 2)
        return refuse(errc::unsupported, in, name, "to " + call.dtype);
    lindi::bytes out(types->count * to.size);
    for (std::size_t i = 0; i < types->count; ++i) {
        auto const encoded = to_double(from, in.bytes.subspan(i * from.size, from.size));
        auto const place = std::span(out).subspan(i * to.size, to.size);
        put_double(to, encoded / call.scale + call.offset, place);
    }
    return out;
}

result<lindi::bytes> decode_packbits(block_view in, std::uint64_t max_size)
{
    constexpr auto name = "packbits codec";
    if (in.size() == 0)
        return refuse(errc::truncated, in, name, "no byte that says how many bits there are");
    auto const unused = std::to_integer<unsigned>(in.bytes[0]);
    auto const packed = in.bytes.subspan(1);
    auto const bits = packed.size() * 8;
    if (unused > 7 || unused > bits)
        return refuse(errc::bad_value, in, name, std::to_string(unused) + " bits at the end");
    if (bits - unused > max_size)
        return refuse(errc::too_large, in, name, "size of the chunk");
    lindi::bytes out(bits - unused);
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = packed[i / 8] >> (7 - i % 8) & std::byte{1};
    return out;
}

}  // namespace lindi::zarr
