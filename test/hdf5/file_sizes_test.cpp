#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/file_sizes.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

TEST_CASE("file sizes: addresses and lengths have the width of the file")
{
    auto const sample = hex("34 12 | 78 56 34 12 | ef cd ab 89 67 45 23 01");
    cursor c(sample_block(sample), "test");
    CHECK(file_sizes{2, 8}.read_address(c) == 0x1234);
    CHECK(file_sizes{8, 4}.read_length(c) == 0x12345678);
    CHECK(file_sizes{8, 8}.read_address(c) == 0x0123456789abcdef);
    CHECK(c.ok());
}

TEST_CASE("file sizes: all ones are the undefined address at any width")
{
    auto const sample = bytes(8, std::byte{0xff});
    for (auto const width : {std::uint8_t{2}, std::uint8_t{4}, std::uint8_t{8}}) {
        CAPTURE(width);
        cursor c(sample_block(sample), "test");
        CHECK(file_sizes{width, 8}.read_address(c) == undefined_address);
        CHECK(c.position() == width);
    }
}

TEST_CASE("file sizes: only lengths that may be without end are widened")
{
    auto const sample = bytes(8, std::byte{0xff});
    cursor c(sample_block(sample), "test");
    CHECK(file_sizes{8, 4}.read_unlimited_length(c) == ~std::uint64_t{0});
    CHECK(file_sizes{8, 4}.read_length(c) == 0xffffffff);
}

TEST_CASE("file sizes: a number of which bytes are missing is a failure, not an address")
{
    auto const sample = bytes(3, std::byte{0xff});
    cursor c(sample_block(sample), "test");
    CHECK(file_sizes{4, 4}.read_address(c) == 0);
    REQUIRE_FALSE(c.ok());
    CHECK(c.failure().at() == sample_at);
}
