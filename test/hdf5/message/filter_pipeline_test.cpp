#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/message/filter_pipeline.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

using numbers = std::vector<std::uint32_t>;

// Written by libhdf5 1.10.8; h5dump -p: SHUFFLE and COMPRESSION DEFLATE { LEVEL 4 }.
bytes const version_1 =
    hex("01 02 | 00 00 00 00 00 00"  // version, filters, reserved
        "02 00 | 08 00 | 01 00 | 01 00 | 'shuffle' 00 | 02 00 00 00 | 00 00 00 00"
        "01 00 | 08 00 | 01 00 | 01 00 | 'deflate' 00 | 04 00 00 00 | 00 00 00 00");

// Written by h5py 3.7 with compression='lzf' on chunks of 1,200 bytes.
bytes const version_2 =
    hex("02 01 | 00 7d | 04 00 | 01 00 | 03 00 | 'lzf' 00 | 04 00 00 00 | 05 01 00 00 | b0 04 00 00"
    );

result<filter_pipeline> decode(bytes const& b)
{
    return decode_filter_pipeline(sample_block(b));
}

}  // namespace

TEST_CASE("filter pipeline: version 1 pads names and an odd number of client data")
{
    auto const filters = decode(version_1).value().filters;
    REQUIRE(filters.size() == 2);
    CHECK(filters[0].id == filter_shuffle);
    CHECK(filters[0].name == "shuffle");
    CHECK(filters[0].flags == 1);
    CHECK(filters[0].client_data == numbers{2});
    CHECK(filters[1].id == filter_deflate);
    CHECK(filters[1].name == "deflate");
    CHECK(filters[1].client_data == numbers{4});
}

TEST_CASE("filter pipeline: version 2 has names for filters of others only")
{
    auto const filters = decode(version_2).value().filters;
    REQUIRE(filters.size() == 1);
    CHECK(filters[0].id == 32000);
    CHECK(filters[0].name == "lzf");
    CHECK(filters[0].flags == 1);
    CHECK(filters[0].client_data == numbers{4, 261, 1200});

    // pyfive's btreev2.hdf5 at 0x23f; h5dump -p: SHUFFLE and CHECKSUM FLETCHER32.
    auto const own =
        decode(hex("02 02 | 0200 0100 0100 01000000 | 0300 0000 0000")).value().filters;
    REQUIRE(own.size() == 2);
    CHECK(own[0].id == filter_shuffle);
    CHECK(own[0].name.empty());
    CHECK(own[0].client_data == numbers{1});
    CHECK(own[1].id == filter_fletcher32);
    CHECK(own[1].flags == 0);
    CHECK(own[1].client_data.empty());
}

TEST_CASE("filter pipeline: a name without NUL ends at its length")
{
    auto const filters = decode(patched(version_2, {{13, '4'}})).value().filters;
    CHECK(filters[0].name == "lzf4");
}

TEST_CASE("filter pipeline: no filters are a pipeline too")
{
    CHECK(decode(hex("02 00")).value().filters.empty());
}

TEST_CASE("filter pipeline: every shorter body is refused")
{
    check_prefixes_refused(version_1, decode_filter_pipeline);
    check_prefixes_refused(version_2, decode_filter_pipeline);
}

TEST_CASE("filter pipeline: versions 0 and 3 are unknown")
{
    CHECK(refusal(decode(patched(version_2, {{0, 0}}))) == errc::unsupported_version);
    CHECK(refusal(decode(patched(version_2, {{0, 3}}))) == errc::unsupported_version);
}

TEST_CASE("filter pipeline: more than 32 filters and unpadded names are refused")
{
    CHECK(refusal(decode(patched(version_2, {{1, 33}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(version_1, {{10, 7}}))) == errc::bad_value);
}

TEST_CASE("filter pipeline: more client data than bytes are refused before anything is allocated")
{
    CHECK(refusal(decode(patched(version_2, {{8, 0xff}, {9, 0xff}}))) == errc::truncated);
}
