#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/message/dataspace.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

using extents = std::vector<std::uint64_t>;

// Written by libhdf5 2.2 as H5S_SIMPLE { ( 100000, 100000 ) / ( H5S_UNLIMITED, 100000 ) }.
bytes const version_2 = hex("02 02 01 01"  // version, rank, maximums stored, simple
                            "a0 86 01 00 00 00 00 00 | a0 86 01 00 00 00 00 00"
                            "ff ff ff ff ff ff ff ff | a0 86 01 00 00 00 00 00");

// hdf5-json's vlen_dset.h5 at 0x338; h5dump: SIMPLE { ( 2 ) / ( 2 ) }.
bytes const version_1 = hex("01 01 01 00 | 00 00 00 00"  // version, rank, maximums stored, reserved
                            "02 00 00 00 00 00 00 00 | 02 00 00 00 00 00 00 00");

result<dataspace> decode(bytes const& b, file_sizes sizes = {})
{
    return decode_dataspace(sample_block(b), sizes);
}

}  // namespace

TEST_CASE("dataspace: version 2 has extents and maximums")
{
    auto const space = decode(version_2).value();
    CHECK(space.what == dataspace::kind::simple);
    CHECK(space.extents == extents{100000, 100000});
    CHECK(space.max_extents == extents{dataspace::unlimited, 100000});
    CHECK(space.element_count() == 10'000'000'000);
}

TEST_CASE("dataspace: version 1 has four reserved bytes more")
{
    auto const space = decode(version_1).value();
    CHECK(space.what == dataspace::kind::simple);
    CHECK(space.extents == extents{2});
    CHECK(space.max_extents == extents{2});
}

TEST_CASE("dataspace: extents are their own maximums where none are stored")
{
    auto const space = decode(hex("02 01 00 01 | 04 00 00 00 00 00 00 00")).value();
    CHECK(space.extents == extents{4});
    CHECK(space.max_extents == extents{4});
}

TEST_CASE("dataspace: unlimited is all ones at the width of lengths")
{
    auto const space = decode(hex("02 01 01 01 | 1e 00 00 00 | ff ff ff ff"), {2, 4}).value();
    CHECK(space.extents == extents{30});
    CHECK(space.max_extents == extents{dataspace::unlimited});
}

TEST_CASE("dataspace: scalar has one element, null has none")
{
    auto const old_scalar = decode(hex("01 00 00 00 00 00 00 00")).value();
    CHECK(old_scalar.what == dataspace::kind::scalar);
    CHECK(old_scalar.element_count() == 1);
    auto const scalar = decode(hex("02 00 00 00")).value();
    CHECK(scalar.what == dataspace::kind::scalar);
    CHECK(scalar.element_count() == 1);
    auto const null = decode(hex("02 00 00 02")).value();
    CHECK(null.what == dataspace::kind::null);
    CHECK(null.element_count() == 0);
}

TEST_CASE("dataspace: simple without dimensions is a scalar")
{
    CHECK(decode(hex("02 00 00 01")).value().what == dataspace::kind::scalar);
}

TEST_CASE("dataspace: an extent of 0 makes it empty, whatever the others are")
{
    auto const space = decode(hex("02 03 00 01 | ffffffff ffffffff 00000000"), {8, 4}).value();
    CHECK(space.element_count() == 0);
}

TEST_CASE("dataspace: every shorter body is refused")
{
    check_prefixes_refused(version_2, [](block_view b) { return decode_dataspace(b, {}); });
    check_prefixes_refused(version_1, [](block_view b) { return decode_dataspace(b, {}); });
}

TEST_CASE("dataspace: versions 0 and 3 are unknown")
{
    CHECK(refusal(decode(patched(version_2, {{0, 0}}))) == errc::unsupported_version);
    CHECK(refusal(decode(patched(version_2, {{0, 3}}))) == errc::unsupported_version);
}

TEST_CASE("dataspace: what the specification does not allow is refused")
{
    // Rank 33, an unknown kind, a scalar and a null with dimensions.
    CHECK(refusal(decode(patched(version_2, {{1, 33}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(version_2, {{3, 3}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(version_2, {{3, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(version_2, {{3, 2}}))) == errc::bad_value);
    // 100,000 elements where at most 99,999 may be.
    CHECK(refusal(decode(patched(version_2, {{28, 0x9f}}))) == errc::bad_value);
}

TEST_CASE("dataspace: more elements than 64 bits count are refused")
{
    auto const sample = hex("02 02 00 01 | 00 00 00 00 01 00 00 00 | 00 00 00 00 01 00 00 00");
    CHECK(refusal(decode(sample)) == errc::bad_value);
    CHECK(decode(patched(sample, {{7, 0x80}, {8, 0}})).value().element_count() == 1ull << 63);
}
