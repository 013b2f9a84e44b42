#include <lindi/hdf5/message/fill_value.hpp>

namespace lindi::hdf5 {
namespace {

constexpr unsigned flag_undefined = 0x10;
constexpr unsigned flag_has_value = 0x20;
constexpr unsigned known_flags = 0x3f;
constexpr std::uint32_t undefined_size = 0xffffffff;

void set_times(cursor& c, fill_value& out, unsigned allocate, unsigned write)
{
    c.require(allocate <= 3, errc::bad_value, "unknown time of allocation");
    c.require(write <= 2, errc::bad_value, "unknown time of writing");
    if (!c.ok())
        return;
    out.allocate = static_cast<fill_value::allocation>(allocate);
    out.write = static_cast<fill_value::writing>(write);
}

/// Size and bytes.
void read_value(cursor& c, fill_value& out)
{
    auto const size = c.u32();
    auto const value = c.take(size).bytes;
    out.status = size == 0 ? fill_value::state::library_default : fill_value::state::user;
    out.value.assign(value.begin(), value.end());
}

/// In versions 1 and 2 the size has a sign, and -1 says "undefined" once more.
void read_signed_value(cursor& c, fill_value& out)
{
    cursor ahead = c;
    if (ahead.u32() == undefined_size)
        out.status = fill_value::state::undefined;
    else
        read_value(c, out);
}

void read_version_1_or_2(cursor& c, fill_value& out)
{
    auto const allocate = c.u8();
    auto const write = c.u8();
    auto const defined = c.u8();
    set_times(c, out, allocate, write);
    // Version 1 always has the size, but libhdf5 looks at it under the same condition.
    if (defined != 0)
        read_signed_value(c, out);
    else
        out.status = fill_value::state::undefined;
}

void read_version_3(cursor& c, fill_value& out)
{
    unsigned const flags = c.u8();
    c.require((flags & ~known_flags) == 0, errc::bad_value, "reserved flags");
    set_times(c, out, flags & 3, flags >> 2 & 3);
    bool const undefined = (flags & flag_undefined) != 0;
    bool const has_value = (flags & flag_has_value) != 0;
    c.require(!(undefined && has_value), errc::bad_value, "undefined, and yet a value");
    if (undefined)
        out.status = fill_value::state::undefined;
    else if (has_value)
        read_value(c, out);
}

}  // namespace

result<fill_value> decode_fill_value(block_view b)
{
    cursor c(b, "fill value message");
    fill_value out;
    if (c.expect_version(1, 3) < 3)
        read_version_1_or_2(c, out);
    else
        read_version_3(c, out);
    return c.finish(std::move(out));
}

result<fill_value> decode_old_fill_value(block_view b)
{
    cursor c(b, "old fill value message");
    fill_value out;
    read_value(c, out);
    if (out.value.empty())
        out.status = fill_value::state::undefined;
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
