#include "hex.hpp"

#include <lindi/codec/blosc.hpp>
#include <lindi/codec/blosc_encode.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {
namespace {

using lindi::test::hex;

bytes decode(bytes const& frame)
{
    return decode_blosc({frame, 0}, {}, 1 << 30).value();
}

/// Bytes that LZ4 can and, with a large `period`, cannot make smaller.
bytes make_data(std::size_t size, std::uint64_t period)
{
    bytes out(size);
    std::uint64_t state = 1;
    for (std::size_t i = 0; i < size; ++i) {
        if (i % period == 0)
            state = 1;
        state = state * 6364136223846793005u + 1442695040888963407u;
        out[i] = static_cast<std::byte>(state >> 56);
    }
    return out;
}

}  // namespace

TEST_CASE("blosc encode: short data is a raw frame, the same as numcodecs makes")
{
    // numcodecs: Blosc('lz4', 5, 1).encode(b'hello'), and of b''
    CHECK(
        encode_blosc(hex("'hello'"), 1).value() ==
        hex("02 01 33 01 | 05000000 | 05000000 | 15000000 | 'hello'")
    );
    CHECK(encode_blosc({}, 1).value() == hex("02 01 33 01 | 00000000 | 01000000 | 10000000"));
}

TEST_CASE("blosc encode: a frame is what the format says")
{
    // 128 numbers of 4 bytes, 0x01020304 all: after the shuffle four runs, one LZ4 stream.
    bytes data;
    for (int i = 0; i < 128; ++i)
        for (auto const byte : hex("04 03 02 01"))
            data.push_back(byte);
    auto const frame = encode_blosc(data, 4).value();
    CHECK(bytes(frame.begin(), frame.begin() + 12) == hex("02 01 31 04 | 00020000 | 00020000"));
    CHECK(std::to_integer<std::size_t>(frame[12]) == frame.size());
    CHECK(bytes(frame.begin() + 16, frame.begin() + 20) == hex("14000000"));
    CHECK(std::to_integer<std::size_t>(frame[20]) == frame.size() - 24);
    CHECK(frame.size() < 64);
    CHECK(decode(frame) == data);
}

TEST_CASE("blosc encode: frames decode to what was encoded, of every size and type size")
{
    for (std::size_t const size : {1u, 127u, 128u, 129u, 1000u, 262'144u, 262'145u, 700'001u})
        for (std::uint64_t const type_size : {0u, 1u, 2u, 3u, 8u, 255u, 256u, 100'000u})
            for (std::uint64_t const period : {17u, 100'000'000u}) {
                CAPTURE(size);
                CAPTURE(type_size);
                CAPTURE(period);
                auto const data = make_data(size, period);
                auto const frame = encode_blosc(data, type_size).value();
                CHECK(frame.size() <= data.size() + 16);
                CHECK(decode(frame) == data);
                CHECK(encode_blosc(data, type_size).value() == frame);
            }
}

TEST_CASE("blosc encode: a block that does not become smaller is stored as it is")
{
    // Zeros first, so that the frame as a whole does become smaller.
    bytes data(1 << 18);
    auto const noise = make_data(1 << 18, 100'000'000);
    data.insert(data.end(), noise.begin(), noise.end());
    auto const frame = encode_blosc(data, 1).value();
    CHECK(frame.size() < data.size() - 200'000);
    CHECK(frame.size() > noise.size());
    CHECK(decode(frame) == data);
}

}  // namespace lindi::codec
