#include "blosc_stream.hpp"

#include "blosclz.hpp"
#include "lz4_block.hpp"

#include <lindi/codec/deflate.hpp>
#include <lindi/codec/zstd.hpp>

#include <algorithm>

namespace lindi::codec {
namespace {

void copy_exactly(cursor& c, result<bytes> const& from, std::span<std::byte> out)
{
    if (!from)
        return c.adopt(from.error());
    if (c.require(from->size() == out.size(), errc::bad_value, "size of a stream"))
        std::copy(from->begin(), from->end(), out.begin());
}

}  // namespace

std::uint64_t most_per_byte(blosc_codec codec)
{
    switch (codec) {
    case blosc_codec::zlib:
        return 1032;
    case blosc_codec::zstd:
        return 32768;
    default:
        return 256;
    }
}

void require_known(cursor& c, blosc_codec codec)
{
    c.require(codec <= blosc_codec::zstd, errc::unsupported, "inner codec");
    c.require(codec != blosc_codec::snappy, errc::unsupported, "inner codec snappy");
}

void decode_blosc_stream(cursor& c, blosc_codec codec, block_view in, std::span<std::byte> out)
{
    switch (codec) {
    case blosc_codec::blosclz:
        c.require(decode_blosclz(in, out), errc::bad_value, "BloscLZ stream");
        break;
    case blosc_codec::lz4:
        c.require(decode_lz4_block(in.bytes, out), errc::bad_value, "LZ4 stream");
        break;
    case blosc_codec::zlib:
        copy_exactly(c, decode_deflate(in, {}, out.size()), out);
        break;
    default:
        copy_exactly(c, decode_zstd(in, {}, out.size()), out);
        break;
    }
}

}  // namespace lindi::codec
