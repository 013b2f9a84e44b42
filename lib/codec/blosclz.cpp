#include "blosclz.hpp"

#include "lz_output.hpp"

#include <lindi/core/cursor.hpp>

namespace lindi::codec {
namespace {

constexpr std::size_t far_distance = 8191;  // the largest 13 bits, which announce 16 more

/// A length of 9 or more goes on in bytes, of which the last is not 255.
std::size_t read_length(cursor& c, unsigned control)
{
    std::size_t length = (control >> 5) + 2;
    if (length < 9)
        return length;
    unsigned more = 255;
    while (more == 255 && c.ok()) {
        more = c.u8();
        length += more;
    }
    return length;
}

std::size_t read_distance(cursor& c, unsigned control)
{
    std::size_t distance = ((control & 31) << 8) + c.u8();
    if (distance == far_distance) {
        auto const high = c.u8();
        distance += std::size_t{high} << 8 | c.u8();
    }
    return distance + 1;
}

void copy_match(cursor& c, lz_output& out, unsigned control)
{
    auto const length = read_length(c, control);
    auto const distance = read_distance(c, control);
    c.require(distance <= out.size() && length <= out.room(), errc::bad_value, "match");
    if (c.ok())
        out.match(distance, length);
}

void copy_literals(cursor& c, lz_output& out, unsigned control)
{
    auto const data = c.take(control + 1u).bytes;
    if (c.require(data.size() <= out.room(), errc::bad_value, "literals"))
        out.literals(data);
}

}  // namespace

bool decode_blosclz(block_view in, std::span<std::byte> out)
{
    cursor c(in, "blosclz stream");
    lz_output to(out);
    // A stream starts with literals, and the first byte has a level in its upper bits.
    copy_literals(c, to, c.u8() & 31u);
    while (c.ok() && c.remaining() != 0) {
        auto const control = c.u8();
        if (control < 32)
            copy_literals(c, to, control);
        else
            copy_match(c, to, control);
    }
    return c.ok() && to.room() == 0;
}

}  // namespace lindi::codec
