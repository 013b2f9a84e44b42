#include <lindi/hdf5/message/link.hpp>

namespace lindi::hdf5 {
namespace {

constexpr unsigned name_length_width = 0x03;  // 1, 2, 4 or 8 bytes
constexpr unsigned has_creation_order = 0x04;
constexpr unsigned has_type = 0x08;
constexpr unsigned has_charset = 0x10;
constexpr unsigned known_flags = 0x1f;

character_set read_charset(cursor& c)
{
    auto const value = c.u8();
    c.require(value <= 1, errc::bad_value, "unknown character set");
    return value == 1 ? character_set::utf8 : character_set::ascii;
}

std::string read_name(cursor& c, unsigned width)
{
    auto const length = c.uint(width);
    c.require(length != 0, errc::bad_value, "empty name");
    std::string name(as_text(c.take(length).bytes));
    // libhdf5 would go on with the part in front of it.
    c.require(name.find('\0') == std::string::npos, errc::bad_value, "name with a NUL in it");
    return name;
}

std::string read_soft_target(cursor& c)
{
    auto const length = c.u16();
    c.require(length != 0, errc::bad_value, "empty path");
    return std::string(as_text(c.take(length).bytes));
}

/// Flags and version in one byte, then two texts.
void read_external(cursor& c, link& out)
{
    cursor value(c.take(c.u16()), c.structure());
    out.external_flags = value.u8();
    value.require(out.external_flags >> 4 == 0, errc::unsupported_version, "external link value");
    out.target_file = value.c_string();
    out.target = value.c_string();
    if (c.ok() && !value.ok())
        c.adopt(value.failure());
}

void read_value(cursor& c, link& out, file_sizes sizes)
{
    switch (out.type) {
    case static_cast<int>(link_type::hard):
        out.header = sizes.read_address(c);
        return;
    case static_cast<int>(link_type::soft):
        out.target = read_soft_target(c);
        return;
    case static_cast<int>(link_type::external):
        read_external(c, out);
        return;
    default:
        break;
    }
    if (!c.require(out.type > 64, errc::bad_value, "reserved type of link"))
        return;
    auto const data = c.take(c.u16()).bytes;
    out.user_data.assign(data.begin(), data.end());
}

}  // namespace

result<link> decode_link(block_view b, file_sizes sizes)
{
    cursor c(b, "link message");
    c.expect_version(1, 1);
    unsigned const flags = c.u8();
    c.require((flags & ~known_flags) == 0, errc::bad_value, "reserved flags");

    link out;
    if (flags & has_type)
        out.type = c.u8();
    if (flags & has_creation_order)
        out.creation_order = c.u64();
    if (flags & has_charset)
        out.charset = read_charset(c);
    out.name = read_name(c, 1u << (flags & name_length_width));
    read_value(c, out, sizes);
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
