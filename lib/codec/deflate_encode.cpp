#include <lindi/codec/deflate_encode.hpp>

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <new>

namespace lindi::codec {
namespace {

constexpr int zlib_window = 15;
constexpr int gzip_window = 15 + 16;

/// zlib counts input and output in 32 bits.
constexpr std::size_t most_at_once = std::numeric_limits<uInt>::max();

/// Runs the stream to its end. \pre `out` has room for all of it
void run(z_stream& stream, std::span<std::byte const> data, bytes& out)
{
    std::size_t read = 0, written = 0;
    int status = Z_OK;
    while (status != Z_STREAM_END) {
        auto const in_size = std::min(data.size() - read, most_at_once);
        auto const out_size = std::min(out.size() - written, most_at_once);
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(data.data() + read));
        stream.avail_in = static_cast<uInt>(in_size);
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + written);
        stream.avail_out = static_cast<uInt>(out_size);
        status = ::deflate(&stream, read + in_size == data.size() ? Z_FINISH : Z_NO_FLUSH);
        read += in_size - stream.avail_in;
        written += out_size - stream.avail_out;
    }
    out.resize(written);
}

result<bytes> encode(std::span<std::byte const> data, int level, int window)
{
    if (level < 0 || level > 9)
        return error(errc::bad_value, error::nowhere, "deflate", "levels go from 0 to 9");
    constexpr int memory_level = 8;
    z_stream stream{};
    if (::deflateInit2(&stream, level, Z_DEFLATED, window, memory_level, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        throw std::bad_alloc();
    auto const end = [](z_stream* s) { ::deflateEnd(s); };
    std::unique_ptr<z_stream, decltype(end)> const ended(&stream, end);
    bytes out(::deflateBound(&stream, static_cast<uLong>(data.size())));
    run(stream, data, out);
    return out;
}

}  // namespace

result<bytes> encode_zlib(std::span<std::byte const> data, int level)
{
    return encode(data, level, zlib_window);
}

result<bytes> encode_gzip(std::span<std::byte const> data, int level)
{
    return encode(data, level, gzip_window);
}

}  // namespace lindi::codec
