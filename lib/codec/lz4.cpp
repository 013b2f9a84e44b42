#include "big_endian.hpp"
#include "lz4_block.hpp"

#include <lindi/codec/lz4.hpp>

#include <algorithm>

namespace lindi::codec {
namespace {

void read_block(cursor& c, std::span<std::byte> out)
{
    auto const stored = c.take(big_endian(c, 4)).bytes;
    if (!c.ok())
        return;
    if (stored.size() == out.size())
        std::copy(stored.begin(), stored.end(), out.begin());
    else
        c.require(decode_lz4_block(stored, out), errc::bad_value, "LZ4 block");
}

}  // namespace

result<bytes> decode_lz4(block_view in, client_values, std::uint64_t max_size)
{
    cursor c(in, "lz4 filter");
    auto const size = big_endian(c, 8);
    auto const block_size = big_endian(c, 4);
    c.require(size <= max_size, errc::too_large, "size of the chunk");
    c.require(block_size != 0 || size == 0, errc::bad_value, "block size");
    c.require(size / lz4_most_per_byte <= c.remaining(), errc::truncated, "too short for its size");
    if (!c.ok())
        return c.failure();
    bytes out(size);
    for (std::uint64_t at = 0; at < size && c.ok(); at += block_size)
        read_block(c, std::span(out).subspan(at, std::min(block_size, size - at)));
    return c.finish(std::move(out));
}

}  // namespace lindi::codec
