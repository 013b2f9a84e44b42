#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/checksum.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

TEST_CASE("checksum: lookup3 gives the values its author published")
{
    // Comments of lookup3.c, driver5().
    CHECK(lookup3({}) == 0xdeadbeef);
    CHECK(lookup3(as_bytes("Four score and seven years ago")) == 0x17770551);
}

TEST_CASE("checksum: lookup3 of every length around its blocks of twelve bytes")
{
    // H5_checksum_lookup3 of libhdf5 1.10.8 over "abcdefghijklmnopqrstuvwxyz" cut to this length.
    std::string const text = "abcdefghijklmnopqrstuvwxyz";
    struct {
        std::size_t length;
        std::uint32_t expected;
    } const cases[] = {
        {1, 0x58d68708},
        {2, 0xfbb3a8df},
        {3, 0x0e397631},
        {4, 0xb5f4889c},
        {7, 0xb11ad4a5},
        {8, 0x2995c3be},
        {11, 0x5f61edf8},
        {12, 0x4012f87b},
        {13, 0x928128f9},
        {23, 0x4e25bfff},
        {24, 0x1b631fea},
        {25, 0x6c29c5e2},
        {26, 0x7538b5bd}};
    for (auto const& [length, expected] : cases) {
        CAPTURE(length);
        CHECK(lookup3(as_bytes(std::string_view(text).substr(0, length))) == expected);
    }
}

TEST_CASE("checksum: a structure is checked up to its checksum")
{
    // v2 superblock of a file with 8-byte addresses, written by libhdf5 1.10.8.
    auto const sample =
        hex("89 48 44 46 0d 0a 1a 0a | 02 08 08 00 | 00 00 00 00 00 00 00 00 ff ff ff ff ff ff ff "
            "ff 6c 35 00 00 00 00 00 00 30 00 00 00 00 00 00 00 | 07 64 b6 d6");
    cursor c(sample_block(sample), "test");
    c.skip(44);
    expect_checksum(c, sample_block(sample));
    CHECK(c.ok());
    CHECK(c.remaining() == 0);
}

TEST_CASE("checksum: a changed byte is found, at the place of the checksum")
{
    auto const sample = hex("00 01 02 03 | 00 00 00 00");
    cursor c(sample_block(sample), "test");
    c.skip(4);
    expect_checksum(c, sample_block(sample));
    REQUIRE_FALSE(c.ok());
    CHECK(c.failure().code() == errc::bad_checksum);
    CHECK(c.failure().at() == sample_at + 4);
}

TEST_CASE("checksum: one that is cut short is truncated, not wrong")
{
    auto const sample = hex("00 01 02 03 | 00 00 00");
    cursor c(sample_block(sample), "test");
    c.skip(4);
    expect_checksum(c, sample_block(sample));
    REQUIRE_FALSE(c.ok());
    CHECK(c.failure().code() == errc::truncated);
}
