#include "lz_output.hpp"

#include <lindi/codec/lzf.hpp>
#include <lindi/core/cursor.hpp>

namespace lindi::codec {
namespace {

constexpr std::uint64_t most_per_byte = 88;  // three bytes stand for 264 at most

void copy_literals(cursor& c, lz_output& out, unsigned control)
{
    auto const data = c.take(control + 1u).bytes;
    if (c.require(data.size() <= out.room(), errc::too_large, "size of the chunk"))
        out.literals(data);
}

void copy_match(cursor& c, lz_output& out, unsigned control)
{
    std::size_t length = (control >> 5) + 2;
    if (length == 7 + 2)
        length += c.u8();
    std::size_t const distance = ((control & 31) << 8) + c.u8() + 1u;
    c.require(distance <= out.size(), errc::bad_value, "match starts before the chunk");
    if (c.require(length <= out.room(), errc::too_large, "size of the chunk"))
        out.match(distance, length);
}

}  // namespace

result<bytes> decode_lzf(block_view in, client_values, std::uint64_t max_size)
{
    cursor c(in, "lzf filter");
    bytes data(std::min(max_size, in.size() * most_per_byte));
    lz_output out(data);
    while (c.ok() && c.remaining() != 0) {
        auto const control = c.u8();
        if (control < 32)
            copy_literals(c, out, control);
        else
            copy_match(c, out, control);
    }
    data.resize(out.size());
    return c.finish(std::move(data));
}

}  // namespace lindi::codec
