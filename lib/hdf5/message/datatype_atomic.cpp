// Classes of datatypes that hold no other types.
#include "type_reader.hpp"

namespace lindi::hdf5 {
namespace {

bit_pad to_pad(unsigned bit)
{
    return bit != 0 ? bit_pad::one : bit_pad::zero;
}

void set_order_and_pads(datatype& type, unsigned bits)
{
    type.order = bits & 0x01 ? byte_order::big : byte_order::little;
    type.low_pad = to_pad(bits & 0x02);
    type.high_pad = to_pad(bits & 0x04);
}

/// Bits [position, position + size) of an element.
struct bit_range {
    unsigned position = 0;
    unsigned size = 1;

    bool lies_in(std::uint64_t bits) const { return size != 0 && position + size <= bits; }
    bool overlaps(bit_range other) const
    {
        return position < other.position + other.size && other.position < position + size;
    }
};

}  // namespace

void type_reader::read_bit_range(datatype& type)
{
    type.bit_offset = c_.u16();
    type.precision = c_.u16();
    bit_range const significant{type.bit_offset, type.precision};
    c_.require(
        significant.lies_in(std::uint64_t{8} * type.size), errc::bad_value, "precision of a number"
    );
}

void type_reader::read_integer(datatype& type, unsigned bits)
{
    set_order_and_pads(type, bits);
    type.is_signed = (bits & 0x08) != 0;
    read_bit_range(type);
}

void type_reader::read_bitfield(datatype& type, unsigned bits)
{
    set_order_and_pads(type, bits);
    read_bit_range(type);
}

void type_reader::read_float(datatype& type, unsigned bits)
{
    set_order_and_pads(type, bits);
    if (type.version >= 3 && (bits & 0x40) != 0) {
        c_.require((bits & 0x01) != 0, errc::bad_value, "unknown byte order");
        type.order = byte_order::vax;
    }
    type.internal_pad = to_pad(bits & 0x08);
    auto const norm = bits >> 4 & 3;
    c_.require(norm <= 2, errc::bad_value, "unknown normalization of the mantissa");
    type.norm = static_cast<mantissa_norm>(norm & 3);
    type.sign_position = static_cast<std::uint8_t>(bits >> 8);
    read_bit_range(type);
    type.exponent_position = c_.u8();
    type.exponent_size = c_.u8();
    type.mantissa_position = c_.u8();
    type.mantissa_size = c_.u8();
    type.exponent_bias = c_.u32();
    check_float(type);
}

void type_reader::check_float(datatype const& type)
{
    bit_range const sign{type.sign_position, 1};
    bit_range const exponent{type.exponent_position, type.exponent_size};
    bit_range const mantissa{type.mantissa_position, type.mantissa_size};
    auto const all = std::uint64_t{8} * type.size;
    c_.require(
        sign.lies_in(all) && exponent.lies_in(all) && mantissa.lies_in(all),
        errc::bad_value,
        "part of a number outside of it"
    );
    c_.require(
        !sign.overlaps(exponent) && !sign.overlaps(mantissa) && !exponent.overlaps(mantissa),
        errc::bad_value,
        "parts of a number overlap"
    );
}

void type_reader::read_time(datatype& type, unsigned bits)
{
    type.order = bits & 0x01 ? byte_order::big : byte_order::little;
    type.precision = c_.u16();
}

string_pad type_reader::to_padding(unsigned value)
{
    if (!c_.require(value <= 2, errc::bad_value, "unknown padding of strings"))
        return {};
    return static_cast<string_pad>(value);
}

character_set type_reader::to_charset(unsigned value)
{
    if (!c_.require(value <= 1, errc::bad_value, "unknown character set"))
        return {};
    return static_cast<character_set>(value);
}

void type_reader::read_string(datatype& type, unsigned bits)
{
    type.padding = to_padding(bits & 0x0f);
    type.charset = to_charset(bits >> 4 & 0x0f);
}

void type_reader::read_opaque(datatype& type, unsigned bits)
{
    auto const tag = as_text(c_.take(bits & 0xff).bytes);
    type.tag = tag.substr(0, tag.find('\0'));
}

void type_reader::read_reference(datatype& type, unsigned bits)
{
    auto const kind = bits & 0x0f;
    auto const encoding = bits >> 4 & 0x0f;
    c_.require(kind <= 4, errc::bad_value, "unknown kind of reference");
    c_.require(kind < 2 || encoding == 1, errc::unsupported_version, "encoding of references");
    // HDF5 1.10 stores 8 and 12 bytes also where addresses are shorter.
    auto const needed = kind == 0 ? sizes_.offsets : sizes_.offsets + 4u;
    c_.require(kind >= 2 || type.size >= needed, errc::bad_value, "size of a reference");
    if (c_.ok())
        type.reference = static_cast<reference_kind>(kind);
}

}  // namespace lindi::hdf5
