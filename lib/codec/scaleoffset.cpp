#include "bit_reader.hpp"
#include "copy_whole.hpp"

#include <lindi/codec/scaleoffset.hpp>
#include <lindi/core/checked.hpp>
#include <lindi/core/cursor.hpp>

#include <algorithm>
#include <bit>
#include <cmath>

namespace lindi::codec {
namespace {

constexpr auto name = "scaleoffset filter";
constexpr std::uint32_t integer_class = 0;
constexpr std::uint32_t float_class = 1;

/// The client data, as libhdf5's set_local callback lays them out.
struct parameters {
    std::uint32_t scale_type = 0;  ///< 0: floats by decimal digits; 1: floats by bits; 2: integers
    std::int32_t scale_factor =
        0;  ///< decimal digits, or bits of an integer where 0 means as needed
    std::uint64_t count = 0;
    std::uint32_t type_class = 0;
    unsigned size = 0;
    bool big_endian = false;
    bool has_fill = false;
    std::uint64_t fill = 0;  ///< the fill value's bytes, as a little-endian number
};

/// What is in front of the packed elements.
struct chunk_head {
    unsigned bits = 0;  ///< of a packed element
    std::uint64_t minimum = 0;
};

bool is_size(std::uint32_t type_class, std::uint32_t size) noexcept
{
    if (type_class == float_class)
        return size == 4 || size == 8;
    return size == 1 || size == 2 || size == 4 || size == 8;
}

result<parameters> read_parameters(client_values values, std::uint64_t at)
{
    auto const refuse = [at](char const* detail) {
        return error(errc::bad_value, at, name, detail);
    };
    if (values.size() != 20)
        return refuse("number of client values");
    parameters p;
    p.scale_type = values[0];
    p.scale_factor = static_cast<std::int32_t>(values[1]);
    p.count = values[2];
    p.type_class = values[3];
    p.size = values[4];
    p.big_endian = values[6] == 1;
    p.has_fill = values[7] == 1;
    p.fill = values[8] | std::uint64_t{values[9]} << 32;
    if (p.type_class != integer_class && p.type_class != float_class)
        return refuse("class of the elements");
    if (!is_size(p.type_class, p.size))
        return refuse("size of an element");
    if (values[6] > 1 || values[7] > 1)
        return refuse("byte order or fill value flag");
    if (p.type_class == float_class && p.scale_type == 1)
        return error(errc::unsupported, at, name, "E-scaling, which libhdf5 has never had");
    if (p.scale_type != (p.type_class == float_class ? 0u : 2u))
        return refuse("scale type");
    if (p.type_class == integer_class && p.scale_factor > static_cast<int>(p.size * 8))
        return refuse("number of bits");
    return p;
}

/// Four bytes of bits, one byte of the minimum's size, room for 16 bytes of minimum.
chunk_head read_head(cursor& c, unsigned element_size)
{
    chunk_head head;
    auto const bits = c.u32();
    c.require(bits <= element_size * 8, errc::bad_value, "number of bits");
    head.bits = bits;
    auto const minimum_size = std::min<unsigned>(c.u8(), 8);
    head.minimum = c.uint(minimum_size);
    c.skip(16 - minimum_size);
    return head;
}

/// A packed float counts units of the last decimal place kept, from the minimum.
template <class Float, class Bits>
std::uint64_t float_of(std::uint64_t packed, std::uint64_t minimum, Float unit)
{
    auto const from = std::bit_cast<Float>(static_cast<Bits>(minimum));
    return std::bit_cast<Bits>(static_cast<Float>(packed) / unit + from);
}

/// The element as a little-endian number, of which `size` bytes count.
std::uint64_t unpack(std::uint64_t packed, parameters const& p, chunk_head head)
{
    if (p.has_fill && packed == (std::uint64_t{1} << head.bits) - 1)
        return p.fill;
    if (p.type_class == integer_class)
        return packed + head.minimum;
    if (p.size == 4)
        return float_of<float, std::uint32_t>(
            packed, head.minimum, std::pow(10.0F, static_cast<float>(p.scale_factor))
        );
    return float_of<double, std::uint64_t>(packed, head.minimum, std::pow(10.0, p.scale_factor));
}

void store(std::span<std::byte> out, std::uint64_t value, bool big_endian)
{
    for (std::size_t i = 0; i < out.size(); ++i)
        out[big_endian ? out.size() - 1 - i : i] = static_cast<std::byte>(value >> 8 * i);
}

bytes unpack_all(std::span<std::byte const> packed, parameters const& p, chunk_head head)
{
    bytes out(p.count * p.size);
    bit_reader bits(packed);
    for (std::size_t i = 0; i < p.count; ++i)
        store(
            std::span(out).subspan(i * p.size, p.size),
            unpack(bits.take(head.bits), p, head),
            p.big_endian
        );
    return out;
}

/// Elements that needed all their bits are stored as they are, in the byte order of the writer's
/// machine; as libhdf5 does, this takes it to be little-endian.
bytes copy_all(std::span<std::byte const> stored, parameters const& p)
{
    bytes out(stored.begin(), stored.end());
    if (p.big_endian)
        for (auto at = out.begin(); at != out.end(); at += p.size)
            std::reverse(at, at + p.size);
    return out;
}

}  // namespace

result<bytes> decode_scaleoffset(block_view in, client_values values, std::uint64_t max_size)
{
    auto const p = read_parameters(values, in.at);
    if (!p)
        return p.error();
    if (p->count * p->size > max_size)
        return error(errc::too_large, in.at, name, "size of the chunk");
    if (p->type_class == integer_class && p->scale_factor == static_cast<int>(p->size * 8))
        return copy_whole(in, max_size, name);  // set to keep all bits: the chunk was left alone

    cursor c(in, name);
    auto const head = read_head(c, p->size);
    auto const packed = c.take(divide_up(p->count * head.bits, 8)).bytes;
    if (!c.ok())
        return c.failure();
    return head.bits == p->size * 8 ? copy_all(packed, *p) : unpack_all(packed, *p, head);
}

}  // namespace lindi::codec
