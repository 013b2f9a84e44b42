#include "big_endian.hpp"
#include "bit_transpose.hpp"
#include "lz4_block.hpp"

#include <lindi/codec/bitshuffle.hpp>
#include <lindi/codec/zstd.hpp>

#include <algorithm>

namespace lindi::codec {
namespace {

constexpr auto name = "bitshuffle filter";

enum class compression { none = 0, lz4 = 2, zstd = 3 };

struct parameters {
    std::size_t element_size = 0;
    std::size_t block_bytes = 0;  ///< a multiple of 8 elements
    compression method = compression::none;
};

/// What bitshuffle uses when it is not told: about 8 KiB, and 128 elements at least.
std::uint64_t default_block(std::uint64_t element_size) noexcept
{
    return std::max<std::uint64_t>(8192 / element_size / 8 * 8, 128);
}

/// \param block  elements; 0 stands for the default
result<parameters> make_parameters(
    std::uint64_t element_size, std::uint64_t block, compression method, std::uint64_t at
)
{
    if (block == 0)
        block = default_block(element_size);
    if (block % 8 != 0)
        return error(errc::bad_value, at, name, "block size");
    return parameters{element_size, block * element_size, method};
}

result<parameters> read_parameters(client_values values, std::uint64_t at)
{
    if (values.size() < 3 || values[2] == 0)
        return error(errc::bad_value, at, name, "element size");
    auto const method = values.size() > 4 ? values[4] : 0;
    if (method != 0 && method != 2 && method != 3)
        return error(errc::unsupported, at, name, "compression " + std::to_string(method));
    return make_parameters(
        values[2], values.size() > 3 ? values[3] : 0, static_cast<compression>(method), at
    );
}

void decode_zstd_block(cursor& c, block_view in, std::span<std::byte> out)
{
    auto const data = decode_zstd(in, {}, out.size());
    if (!data)
        return c.adopt(data.error());
    if (c.require(data->size() == out.size(), errc::bad_value, "size of a block"))
        std::copy(data->begin(), data->end(), out.begin());
}

void read_block(cursor& c, parameters const& p, std::span<std::byte> out)
{
    auto const stored = c.take(p.method == compression::none ? out.size() : big_endian(c, 4));
    if (!c.ok())
        return;
    if (p.method == compression::none)
        return unshuffle_bits(stored.bytes, p.element_size, out);
    bytes shuffled(out.size());
    if (p.method == compression::zstd)
        decode_zstd_block(c, stored, shuffled);
    else
        c.require(decode_lz4_block(stored.bytes, shuffled), errc::bad_value, "LZ4 block");
    unshuffle_bits(shuffled, p.element_size, out);
}

/// Whole blocks, then one of the multiple of 8 elements that is left, then the last ones as is.
result<bytes> decode_blocks(cursor& c, parameters const& p, std::size_t size)
{
    bytes out(size);
    auto const tail = size % (8 * p.element_size);
    auto const in_blocks = size - tail;
    for (std::size_t at = 0; at < in_blocks && c.ok(); at += p.block_bytes)
        read_block(c, p, std::span(out).subspan(at, std::min(p.block_bytes, in_blocks - at)));
    auto const last = c.take(tail).bytes;
    std::copy(last.begin(), last.end(), out.begin() + static_cast<std::ptrdiff_t>(in_blocks));
    return c.finish(std::move(out));
}

/// No method makes more of a byte than this.
constexpr std::uint64_t most_per_byte(compression method) noexcept
{
    return method == compression::zstd ? 32768 : lz4_most_per_byte;
}

result<bytes> decode_compressed(cursor& c, parameters p, std::uint64_t max_size)
{
    auto const size = big_endian(c, 8);
    auto const block_bytes = big_endian(c, 4);
    c.require(size <= max_size, errc::too_large, "size of the chunk");
    c.require(size % p.element_size == 0, errc::bad_value, "part of an element");
    c.require(
        size / most_per_byte(p.method) <= c.remaining(), errc::truncated, "too short for its size"
    );
    if (!c.ok())
        return c.failure();
    auto const own =
        make_parameters(p.element_size, block_bytes / p.element_size, p.method, c.at());
    if (!own)
        return own.error();
    return decode_blocks(c, *own, size);
}

}  // namespace

result<bytes> decode_bitshuffle(block_view in, client_values values, std::uint64_t max_size)
{
    auto const p = read_parameters(values, in.at);
    if (!p)
        return p.error();
    cursor c(in, name);
    if (p->method != compression::none)
        return decode_compressed(c, *p, max_size);
    c.require(in.size() <= max_size, errc::too_large, "size of the chunk");
    c.require(in.size() % p->element_size == 0, errc::bad_value, "part of an element");
    if (!c.ok())
        return c.failure();
    return decode_blocks(c, *p, in.size());
}

}  // namespace lindi::codec
