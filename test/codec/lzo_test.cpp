#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/lzo.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {
namespace {

using lindi::test::hex;

result<bytes> decode(bytes const& in, std::uint64_t max_size = 100'000)
{
    return decode_lzo({in, test::place}, {}, max_size);
}

bytes joined(std::initializer_list<bytes> parts)
{
    bytes out;
    for (auto const& part : parts)
        out.insert(out.end(), part.begin(), part.end());
    return out;
}

// All streams: liblzo2 2.10, lzo1x_1_compress or lzo1x_999_compress

// 999, b'abcd' * 8: four literals, 28 bytes from four before
bytes const sample = hex("15 61626364 | 3a 0c00 | 110000");
bytes const decoded = hex("'abcdabcdabcdabcdabcdabcdabcdabcd'");

// 1, b'needles' + bytes(17000) + b'needles.': long literals, a long match
bytes const long_runs =
    hex("05 'needles' 00 | 20" + std::string(132, '0') +
        "7d 0000 |"
        "00010000000000000000000000 'needles.' | 110000");

}  // namespace

TEST_CASE("lzo: streams of liblzo2 decode")
{
    CHECK(decode(sample).value() == decoded);
    CHECK(decode(sample, decoded.size()).value() == decoded);
    // 1, bytes(range(1, 40)): nothing but the literals of the first byte
    auto const literals = hex("38 0102030405060708090a0b0c0d0e0f10 1112131415161718191a1b1c1d1e1f20"
                              "21222324252627 | 110000");
    CHECK(decode(literals).value() == bytes(literals.begin() + 1, literals.end() - 3));
    // 1, bytes(300)
    auto const zeros = hex("02 0000000000 | 20 f3 1000 |"
                           "0001 00000000000000000000000000000000000000 | 110000");
    CHECK(decode(zeros).value() == bytes(300));
    // 999, b''
    CHECK(decode(hex("110000")).value().empty());
}

TEST_CASE("lzo: lengths go on in bytes")
{
    auto const needles = hex("'needles'");
    auto const expected = joined({needles, bytes(17'000), needles, hex("'.'")});
    CHECK(decode(long_runs).value() == expected);
}

TEST_CASE("lzo: matches from more than 16 KiB and more than 32 KiB before")
{
    auto const needles = hex("'needles'");
    auto const run = std::string("2000000000000000e60000");
    std::string runs;
    for (int i = 0; i < 8; ++i)
        runs += run;
    // 999, b'needles' + bytes(17000) + b'needles.'
    auto const far = hex("19 'needles' 00 |" + runs + "20 00004800 00 | 15 bd09 2e | 110000");
    CHECK(decode(far).value() == joined({needles, bytes(17'000), needles, hex("'.'")}));
    // 999, b'needles' + bytes(33000) + b'needles.'
    for (int i = 0; i < 8; ++i)
        runs += run;
    auto const farther = hex("19 'needles' 00 |" + runs + "20 c60000 | 1d bd03 2e | 110000");
    CHECK(decode(farther).value() == joined({needles, bytes(33'000), needles, hex("'.'")}));
}

TEST_CASE("lzo: short matches depend on the literals before them")
{
    // 999: two bytes from near by behind one literal
    auto const behind_few = hex("17 'degbfb' | a8 00 | 0e 'aeeddghcdaageaacd' |"
                                "79 01 'c' | 08 05 | 74 03 | 110000");
    CHECK(decode(behind_few).value() == hex("'degbfbbfbbfbaeeddghcdaageaacdeddgcbabfbb'"));
    // 999, b'xyzXYZmno' + bytes(2050) + b'gffcagfabxyzAAAmno': three bytes from over 2 KiB before
    // behind many literals, then two from near by
    auto const behind_many = hex("1b 'xyzXYZmno' 00 | 2000000000000000e60000 | 07 00 'gffcagfab' |"
                                 "0d 04 'A' | 00 00 | 21 4c20 | 110000");
    CHECK(
        decode(behind_many).value() ==
        joined({hex("'xyzXYZmno'"), bytes(2050), hex("'gffcagfabxyzAAAmno'")})
    );
}

TEST_CASE("lzo: what PyTables 0.7 put behind the stream is verified")
{
    // struct.pack('<II', zlib.adler32(data), len(data)), as its H5Zlzo.c does
    auto const checksum = hex("510c20cb 20000000");
    CHECK(decode(joined({sample, checksum})).value() == decoded);
    auto other_sum = checksum;
    other_sum[0] ^= std::byte{1};
    CHECK(decode(joined({sample, other_sum})).error().code() == errc::bad_checksum);
    auto other_size = checksum;
    other_size[4] ^= std::byte{1};
    CHECK(decode(joined({sample, other_size})).error().code() == errc::bad_value);
    CHECK(decode(joined({sample, checksum, bytes(1)})).error().code() == errc::bad_value);
    CHECK(decode(joined({sample, bytes(7)})).error().code() == errc::truncated);
}

TEST_CASE("lzo: every shorter prefix is refused as truncated")
{
    for (auto const& stream : {sample, long_runs})
        test::refuses_prefixes(stream, [](block_view in) {
            auto out = decode_lzo(in, {}, 100'000);
            REQUIRE(out.has_error());
            CHECK(out.error().code() == errc::truncated);
            return out;
        });
}

TEST_CASE("lzo: output over the bound is refused")
{
    for (std::uint64_t max_size = 0; max_size < decoded.size(); ++max_size) {
        CAPTURE(max_size);
        CHECK(decode(sample, max_size).error().code() == errc::too_large);
    }
}

TEST_CASE("lzo: a match cannot start before the chunk")
{
    CHECK(decode(hex("15 61626364 | 3a 1000 | 110000")).error().code() == errc::bad_value);
    CHECK(decode(hex("11 0400 | 110000")).error().code() == errc::bad_value);
    CHECK(decode(hex("13 6162 | 08 00 | 110000")).error().code() == errc::bad_value);
}

}  // namespace lindi::codec
