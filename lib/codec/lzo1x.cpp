#include "lzo1x.hpp"

namespace lindi::codec {
namespace {

constexpr unsigned many_literals = 4;  // more than an instruction can bring along

/// One copy of earlier output, and the number of literals that follow it at once.
struct instruction {
    std::size_t distance = 0;
    std::size_t length = 0;
    unsigned literals = 0;
};

/// A length whose bits are all 0 is over `most`, and goes on in bytes of which the last is not 0.
std::size_t read_length(cursor& c, unsigned bits, std::size_t most)
{
    if (bits != 0)
        return bits;
    std::size_t length = most;
    auto more = c.u8();
    for (; more == 0 && c.ok(); more = c.u8())
        length += 255;
    return length + more;
}

void copy_literals(cursor& c, lz_output& out, std::size_t count)
{
    auto const data = c.take(count).bytes;
    if (c.require(data.size() <= out.room(), errc::too_large, "size of the chunk"))
        out.literals(data);
}

void copy_match(cursor& c, lz_output& out, instruction const& i)
{
    c.require(i.distance <= out.size(), errc::bad_value, "match starts before the chunk");
    if (c.require(i.length <= out.room(), errc::too_large, "size of the chunk"))
        out.match(i.distance, i.length);
    copy_literals(c, out, i.literals);
}

/// 0000DDLL: two bytes from near by behind one to three literals, three from further behind more.
instruction read_shortest(cursor& c, unsigned code, unsigned state)
{
    bool const far = state == many_literals;
    std::size_t const distance = std::size_t{c.u8()} << 2 | code >> 2;
    return {distance + (far ? 2049u : 1u), far ? 3u : 2u, code & 3};
}

/// 01LDDDSS and 1LLDDDSS: three to eight bytes within 2 KiB.
instruction read_short(cursor& c, unsigned code)
{
    std::size_t const distance = std::size_t{c.u8()} << 3 | (code >> 2 & 7);
    return {distance + 1, (code >> 5) + 1, code & 3};
}

/// 001LLLLL and 0001HLLL: any length within 16 KiB, or from there to 48 KiB.
instruction read_long(cursor& c, unsigned code)
{
    bool const far = code < 32;
    auto const length = far ? read_length(c, code & 7, 7) : read_length(c, code & 31, 31);
    auto const operand = c.u16();
    std::size_t const start = far ? 16384u + ((code & 8) << 11) : 1u;
    return {start + (operand >> 2), length + 2, operand & 3u};
}

/// The first byte may bring literals, for which it has more room than other instructions.
/// \return how many were copied, up to `many_literals`
unsigned read_start(cursor& c, lz_output& out)
{
    auto const first = c.rest().bytes;
    if (first.empty() || first[0] < std::byte{18})
        return 0;
    auto const count = c.u8() - 17u;
    copy_literals(c, out, count);
    return std::min(count, many_literals);
}

}  // namespace

void decode_lzo1x(cursor& c, lz_output& out)
{
    auto state = read_start(c, out);
    while (c.ok()) {
        unsigned const code = c.u8();
        if (code < 16 && state == 0) {
            copy_literals(c, out, read_length(c, code, 15) + 3);
            state = many_literals;
            continue;
        }
        auto const next = code < 16   ? read_shortest(c, code, state)
                          : code < 64 ? read_long(c, code)
                                      : read_short(c, code);
        if (code >= 16 && code < 32 && next.distance == 16384)
            return;  // the mark of the end
        copy_match(c, out, next);
        state = next.literals;
    }
}

}  // namespace lindi::codec
