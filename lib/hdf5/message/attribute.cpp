#include <lindi/hdf5/message/attribute.hpp>

namespace lindi::hdf5 {
namespace {

constexpr unsigned flag_type_shared = 0x01;
constexpr unsigned flag_space_shared = 0x02;

void set_flags(cursor& c, attribute_message& out, unsigned flags)
{
    c.require(
        (flags & ~(flag_type_shared | flag_space_shared)) == 0, errc::bad_value, "reserved flags"
    );
    out.type_is_shared = (flags & flag_type_shared) != 0;
    out.space_is_shared = (flags & flag_space_shared) != 0;
}

/// Version 1 pads each part to a multiple of 8 bytes, counted from the part's start.
block_view take_part(cursor& c, std::uint16_t size, unsigned version)
{
    auto const part = c.take(size);
    if (version == 1 && size % 8 != 0)
        c.skip(8u - size % 8u);
    return part;
}

std::string read_name(cursor& c, std::uint16_t size, unsigned version)
{
    auto const text = as_text(take_part(c, size, version).bytes);
    c.require(size > 1, errc::bad_value, "empty name");
    // What stands behind the NUL would belong to nothing: libhdf5 calls such a name corrupted.
    c.require(text.find('\0') + 1 == size, errc::bad_value, "name does not end at its length");
    return std::string(text.substr(0, text.find('\0')));
}

character_set read_charset(cursor& c)
{
    auto const value = c.u8();
    c.require(value <= 1, errc::bad_value, "unknown character set");
    return value == 1 ? character_set::utf8 : character_set::ascii;
}

}  // namespace

result<attribute_message> decode_attribute(block_view b)
{
    cursor c(b, "attribute message");
    attribute_message out;
    out.version = c.expect_version(1, 3);
    unsigned const flags = c.u8();
    if (out.version > 1)
        set_flags(c, out, flags);

    auto const name_size = c.u16();
    auto const type_size = c.u16();
    auto const space_size = c.u16();
    if (out.version == 3)
        out.charset = read_charset(c);
    out.name = read_name(c, name_size, out.version);
    out.type = take_part(c, type_size, out.version);
    out.space = take_part(c, space_size, out.version);
    out.value = c.rest();
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
