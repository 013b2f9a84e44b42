#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/blosc.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {
namespace {

using lindi::test::hex;

result<bytes> decode(bytes const& in, std::uint64_t max_size = 20'000)
{
    return decode_blosc({in, test::place}, {}, max_size);
}

/// `count` little-endian numbers of two bytes: 0 / divisor, 1 / divisor, ...
bytes counted(std::size_t count, std::size_t divisor)
{
    bytes out;
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back(static_cast<std::byte>(i / divisor));
        out.push_back(static_cast<std::byte>(i / divisor >> 8));
    }
    return out;
}

// All samples: numcodecs 0.16.6, Blosc(cname, clevel, shuffle).encode(data)

// 'lz4', 5, 1, np.arange(256, dtype='<u2') // 16: one block of two streams
bytes const lz4 = hex("02 01 21 02 | 00020000 | 00020000 | 6d000000 | 14000000 |"
                      "46000000 | 1b000100 1b010100 1b020100 1b030100 1b040100 1b050100 1b060100"
                      "1b070100 1b080100 1b090100 1b0a0100 1b0b0100 1b0c0100 1b0d0100 1b0e0100"
                      "160f0100 50 0f0f0f0f0f |"
                      "0b000000 | 1f 00 01 00 e7 50 00 00 00 00 00");

// 'blosclz', 9, 1, the same
bytes const blosclz = hex("02 01 01 02 | 00020000 | 00020000 | 7e000000 | 14000000 |"
                          "56000000 | 23 00 00 00 00 e00303 00 01 e00600 00 02 e00600 00 03 e00600"
                          "00 04 e00600 00 05 e00600 00 06 e00600 00 07 e00600 00 08 e00600 00 09"
                          "e00600 00 0a e00600 00 0b e00600 00 0c e00600 00 0d e00600 00 0e e00600"
                          "00 0f e00400 01 0f 0f |"
                          "0c000000 | 23 00 00 00 00 e0f003 02 00 00 00");

// 'lz4', 5, 2, np.arange(256, dtype='<u2'): bit shuffle
bytes const lz4_bits =
    hex("02 01 24 02 | 00020000 | 00020000 | 7b000000 | 14000000 |"
        "54000000 | 1faa 01000c 1fcc 01000c 1ff0 01000c 2f00ff 02000c 2f00ff 04000c c00000ffffffff"
        "00000000ffff 2c000e 100000 02000024 00000200 000c0000 0200000c 00000200 000c0008 02000014"
        "00030200 50 ffffffffff |"
        "0b000000 | 1f 00 01 00 e7 50 00 00 00 00 00");

// 'lz4', 5, 2, np.arange(105, dtype='<u2') // 8: not a multiple of 8, so bits are not shuffled
bytes const lz4_no_bits =
    hex("02 01 34 02 | d2000000 | d2000000 | 52000000 | 14000000 |"
        "3a000000 | 1b000100 1b010200 1b020200 1b030200 1b040200 1b050200 1b060200 1b070200"
        "1b080200 1b090200 1b0a0200 1b0b0200 180c0200 50 000c000d00");

// 'zlib', 5, 2, np.arange(256, dtype='<u2')
bytes const zlib = hex("02 01 64 02 | 00020000 | 00020000 | 4c000000 | 14000000 |"
                       "24000000 | 785e5bb5 0a3f3843 007c2000 18fe1380 0cff0960 10899f86 b1f1f1d1"
                       "c5610000 882b9c71 |"
                       "0c000000 | 785e6360 18d90000 01000001");

// 'zstd', 5, 2, np.arange(256, dtype='<u2'): one stream
bytes const zstd = hex("02 01 94 02 | 00020000 | 00020000 | 48000000 | 14000000 |"
                       "30000000 | 28b52ffd 60000135 010040aa aaccf000 ff00ff0c a030ef01 a0829377"
                       "6d440d81 16c4c43c e2926865 9bbb590d 1a45fc03");

// 'lz4', 5, 1, b'hello'
bytes const raw = hex("02 01 33 01 | 05000000 | 05000000 | 15000000 | 'hello'");

bytes changed(bytes frame, std::size_t at, unsigned value)
{
    frame[at] = static_cast<std::byte>(value);
    return frame;
}

}  // namespace

TEST_CASE("blosc: frames written by numcodecs decode")
{
    CHECK(decode(lz4).value() == counted(256, 16));
    CHECK(decode(lz4, 512).value() == counted(256, 16));
    CHECK(decode(blosclz).value() == counted(256, 16));
    CHECK(decode(lz4_bits).value() == counted(256, 1));
    CHECK(decode(lz4_no_bits).value() == counted(105, 8));
    CHECK(decode(zlib).value() == counted(256, 1));
    CHECK(decode(raw).value() == hex("'hello'"));
    // encode(b'')
    CHECK(decode(hex("02 01 33 01 | 00000000 | 01000000 | 10000000")).value().empty());
}

TEST_CASE("blosc: Zstandard inside decodes where it is built in")
{
    auto const out = decode(zstd);
    if (built_in_filters().has(filter_zstd))
        CHECK(out.value() == counted(256, 1));
    else
        CHECK(out.error().code() == errc::missing_filter);
}

TEST_CASE("blosc: BloscLZ reaches back further than 8191 bytes")
{
    // 'blosclz', 9, 0, np.concatenate([np.arange(1, 65), np.zeros(10000), np.arange(1, 65)])
    //     .astype('u1')
    auto const frame =
        hex("02 01 00 01 | 90270000 | 90270000 | 91000000 | 14000000 |"
            "79000000 | 3f 0102030405060708090a0b0c0d0e0f10 1112131415161718191a1b1c1d1e1f20"
            "1f 2122232425262728292a2b2c2d2e2f30 3132333435363738393a3b3c3d3e3f40 00 00"
            "e0 ffffffffffffffffffffffffffffffff ffffffffffffffffffffffffffffffff ffffffffffffff"
            "2c 00 | 00 00 | ff 34 ff 0750 | 02 3e3f40");
    bytes expected(64 + 10'000 + 64);
    for (std::size_t i = 0; i < 64; ++i)
        expected[i] = expected[64 + 10'000 + i] = static_cast<std::byte>(i + 1);
    CHECK(decode(frame).value() == expected);
}

TEST_CASE("blosc: blocks may lie in any order, the last may be shorter and need not be split")
{
    // 600 bytes in blocks of 512: first the second, 88 zeros, then the block of lz4
    auto frame = hex("02 01 21 02 | 58020000 | 00020000 | 7d000000 | 27000000 18000000 |"
                     "0b000000 | 1f 00 01 00 3f 50 00 00 00 00 00");
    frame.insert(frame.end(), lz4.begin() + 20, lz4.end());
    frame[12] = static_cast<std::byte>(frame.size());
    auto expected = counted(256, 16);
    expected.resize(600);
    CHECK(decode(frame).value() == expected);
}

TEST_CASE("blosc: bytes behind the frame are ignored")
{
    auto longer = lz4;
    longer.resize(longer.size() + 7);
    CHECK(decode(longer).value() == counted(256, 16));
}

TEST_CASE("blosc: every shorter prefix is refused as truncated")
{
    for (auto const& frame : {lz4, blosclz, zlib, raw})
        test::refuses_prefixes(frame, [](block_view in) {
            auto out = decode_blosc(in, {}, 1000);
            REQUIRE(out.has_error());
            CHECK(out.error().code() == errc::truncated);
            return out;
        });
}

TEST_CASE("blosc: output over the bound is refused")
{
    CHECK(decode(lz4, 511).error().code() == errc::too_large);
    CHECK(decode(raw, 4).error().code() == errc::too_large);
}

TEST_CASE("blosc: other versions and codecs are refused by name")
{
    CHECK(decode(changed(lz4, 0, 1)).error().code() == errc::unsupported_version);
    CHECK(decode(changed(lz4, 0, 5)).error().code() == errc::unsupported_version);
    CHECK(decode(changed(lz4, 1, 2)).error().code() == errc::unsupported_version);
    CHECK(decode(changed(lz4, 2, 0x29)).error().code() == errc::unsupported);
    CHECK(decode(changed(lz4, 2, 0x41)).error().detail() == "inner codec snappy");
    CHECK(decode(changed(lz4, 2, 0xa1)).error().code() == errc::unsupported);
}

TEST_CASE("blosc: a head that contradicts itself is refused")
{
    CHECK(decode(changed(lz4, 3, 0)).error().code() == errc::bad_value);    // type size
    CHECK(decode(changed(lz4, 9, 0)).error().code() == errc::bad_value);    // block size
    CHECK(decode(changed(lz4, 12, 15)).error().code() == errc::bad_value);  // frame size
    CHECK(decode(changed(raw, 4, 4)).error().code() == errc::bad_value);    // raw, and its size
    CHECK(decode(changed(lz4, 6, 1), 1 << 20).error().code() == errc::truncated);  // 66,048 bytes
    CHECK(decode(changed(lz4, 8, 1)).error().code() == errc::bad_value);  // 513 bytes in a block
}

TEST_CASE("blosc: a block must start behind the head and inside the frame")
{
    for (unsigned const start : {0u, 15u, 0x6du, 0xffu}) {
        CAPTURE(start);
        CHECK(decode(changed(lz4, 16, start)).error().code() == errc::bad_value);
    }
    CHECK(decode(changed(lz4, 16, 0x6c)).error().code() == errc::truncated);
}

TEST_CASE("blosc: blocks that share a stream are refused")
{
    // 16 bytes in 4 blocks, all of them at the same place of 8 bytes
    auto const frame = hex("02 01 31 01 | 10000000 | 04000000 | 28000000 |"
                           "20000000 20000000 20000000 20000000 | 04000000 | 01 02 03 04");
    CHECK(decode(frame).error().code() == errc::bad_value);
    CHECK(decode(frame).error().detail() == "blocks overlap");
}

TEST_CASE("blosc: damaged streams are refused")
{
    CHECK(decode(changed(lz4, 24, 0xff)).error().code() == errc::bad_value);
    CHECK(decode(changed(blosclz, 30, 0xff)).error().code() == errc::bad_value);
    CHECK(decode(changed(blosclz, 31, 0x09)).error().code() == errc::bad_value);
    CHECK(decode(changed(zlib, 24, 0x00)).error().code() == errc::bad_value);
}

TEST_CASE("blosc: a stream as long as its part of the block was stored as it is")
{
    auto const frame = hex("02 01 31 02 | 04000000 | 04000000 | 1c000000 | 14000000 |"
                           "04000000 | 01 03 | 02 04");
    CHECK(decode(frame).value() == hex("01 02 03 04"));
}

}  // namespace lindi::codec
