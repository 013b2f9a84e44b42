#include <lindi/codec/deflate.hpp>
#include <lindi/codec/deflate_encode.hpp>
#include <lindi/codec/gzip.hpp>

#include <doctest/doctest.h>
#include <zlib.h>

namespace lindi::codec {
namespace {

bytes ramp(std::size_t size)
{
    bytes out(size);
    for (std::size_t i = 0; i < size; ++i)
        out[i] = static_cast<std::byte>(i * i >> 7);
    return out;
}

/// What zlib itself makes of a stream. \param window  15 for zlib, 31 for gzip
bytes inflated(bytes const& in, int window, std::size_t size)
{
    z_stream stream{};
    REQUIRE(::inflateInit2(&stream, window) == Z_OK);
    bytes out(size + 1);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(in.data()));
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    CHECK(::inflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    ::inflateEnd(&stream);
    return out;
}

}  // namespace

TEST_CASE("deflate: what is encoded, zlib decodes")
{
    for (std::size_t const size : {0U, 1U, 1000U, 200'000U})
        for (int const level : {0, 1, 4, 9}) {
            CAPTURE(size);
            CAPTURE(level);
            auto const data = ramp(size);
            CHECK(inflated(encode_zlib(data, level).value(), 15, size) == data);
            CHECK(inflated(encode_gzip(data, level).value(), 31, size) == data);
        }
}

TEST_CASE("deflate: the same data give the same gzip stream, without a time in it")
{
    auto const stream = encode_gzip(ramp(100), 4).value();
    CHECK(stream == encode_gzip(ramp(100), 4).value());
    for (std::size_t i = 4; i < 8; ++i)
        CHECK(stream[i] == std::byte{0});
}

TEST_CASE("deflate: levels that zlib does not have are refused")
{
    CHECK(encode_zlib({}, 10).error().code() == errc::bad_value);
    CHECK(encode_gzip({}, -1).error().code() == errc::bad_value);
}

}  // namespace lindi::codec
