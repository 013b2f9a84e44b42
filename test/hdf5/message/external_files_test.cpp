#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/message/external_files.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

// Written by libhdf5 1.10.8 for two files: bytes 8 to 31 of one, 0 to 79 of the other.
bytes const sample =
    hex("01 00 00 00 | 02 00 | 02 00"  // version, reserved, slots, slots in use
        "30 04 00 00 00 00 00 00"      // local heap
        "08 00 00 00 00 00 00 00 | 08 00 00 00 00 00 00 00 | 28 00 00 00 00 00 00 00"
        "18 00 00 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 50 00 00 00 00 00 00 00");

auto const decode_8_8 = [](block_view b) { return decode_external_files(b, {}); };

}  // namespace

TEST_CASE("external files: name, offset and size of each slot in use")
{
    auto const files = decode_8_8(sample_block(sample)).value();
    CHECK(files.heap == 0x430);
    REQUIRE(files.slots.size() == 2);
    CHECK(files.slots[0].name_offset == 8);
    CHECK(files.slots[0].offset == 8);
    CHECK(files.slots[0].size == 40);
    CHECK(files.slots[1].name_offset == 24);
    CHECK(files.slots[1].offset == 0);
    CHECK(files.slots[1].size == 80);
}

TEST_CASE("external files: slots not in use may follow")
{
    auto const body = patched(sample, {{4, 4}, {6, 1}});
    CHECK(decode_8_8(sample_block(body)).value().slots.size() == 1);
}

TEST_CASE("external files: the size may be without end at any width of lengths")
{
    auto const body = hex("01 000000 | 0100 0100 | 3004 | 08000000 04000000 ffffffff");
    auto const files = decode_external_files(sample_block(body), {2, 4}).value();
    REQUIRE(files.slots.size() == 1);
    CHECK(files.slots[0].size == ~std::uint64_t{0});
}

TEST_CASE("external files: every shorter body is refused")
{
    check_prefixes_refused(sample, decode_8_8);
}

TEST_CASE("external files: another version, a bad count and a missing heap are refused")
{
    auto const refused = [](bytes const& b) { return refusal(decode_8_8(sample_block(b))); };
    CHECK(refused(patched(sample, {{0, 2}})) == errc::unsupported_version);
    CHECK(refused(patched(sample, {{4, 1}})) == errc::bad_value);
    auto no_heap = sample;
    std::fill_n(no_heap.begin() + 8, 8, std::byte{0xff});
    CHECK(refused(no_heap) == errc::bad_value);
}

TEST_CASE("external files: more slots than bytes are refused before anything is allocated")
{
    auto const body = patched(sample, {{4, 0xff}, {5, 0xff}, {6, 0xff}, {7, 0xff}});
    CHECK(refusal(decode_8_8(sample_block(body))) == errc::truncated);
}
