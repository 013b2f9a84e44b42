#include "decode.hpp"
#include "hex.hpp"
#include "sample.hpp"

#include <lindi/hdf5/virtual_layout.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

using kind = selection::kind;
using slab = selection::slab;

// Heap object written by libhdf5 2.2 for a printf-style mapping: all of /data in part_%b.h5 to four
// rows each, for ever. Version, number of mappings; names; selections; checksum.
bytes const version_0 =
    hex("00 | 01 00 00 00 00 00 00 00 | 'part_%b.h5' 00 | '/data' 00"
        "03 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00"
        "02 00 00 00 03 00 00 00 01 02 02 00 00 00 00 00 04 00 ff ff 04 00 00 00 01 00 01 00 1e 00"
        "79 86 d1 be");

// The same library, rows 0 and 2 (5 and 7, ...) of four sources to the same rows of the virtual
// dataset. An entry starts with flags: the second has the file name of the first, the others the
// file itself and the dataset name of the first.
bytes const version_1 =
    hex("01 | 04 00 00 00 00 00 00 00"
        "00 | 'source_of_samples.h5' 00 | '/data/of/samples' 00"
        "02 00 00 00 03 00 00 00 01 02 02 00 00 00 00 00 02 00 02 00 01 00 00 00 01 00 01 00 1e 00"
        "02 00 00 00 03 00 00 00 01 02 02 00 00 00 00 00 02 00 02 00 01 00 00 00 01 00 01 00 1e 00"
        "01 | 00 00 00 00 00 00 00 00 | '/other' 00"
        "02 00 00 00 03 00 00 00 01 02 02 00 00 00 05 00 02 00 02 00 01 00 00 00 01 00 01 00 1e 00"
        "02 00 00 00 03 00 00 00 01 02 02 00 00 00 05 00 02 00 02 00 01 00 00 00 01 00 01 00 1e 00"
        "06 | 00 00 00 00 00 00 00 00"
        "02 00 00 00 03 00 00 00 01 02 02 00 00 00 0a 00 02 00 02 00 01 00 00 00 01 00 01 00 1e 00"
        "02 00 00 00 03 00 00 00 01 02 02 00 00 00 0a 00 02 00 02 00 01 00 00 00 01 00 01 00 1e 00"
        "06 | 00 00 00 00 00 00 00 00"
        "02 00 00 00 03 00 00 00 01 02 02 00 00 00 0f 00 02 00 02 00 01 00 00 00 01 00 01 00 1e 00"
        "02 00 00 00 03 00 00 00 01 02 02 00 00 00 0f 00 02 00 02 00 01 00 00 00 01 00 01 00 1e 00"
        "bb 4e a6 7e");
constexpr std::size_t second_flags = 9 + 1 + 21 + 17 + 60;

auto const decode_8_8 = [](block_view b) { return decode_virtual_mappings(b, {}); };

errc refused(bytes const& b)
{
    return refusal(decode_8_8(sample_block(b)));
}

}  // namespace

TEST_CASE("virtual layout: names and selections of a mapping")
{
    auto const mappings = decode_8_8(sample_block(version_0)).value();
    REQUIRE(mappings.size() == 1);
    CHECK(*mappings[0].source_file == "part_%b.h5");
    CHECK(*mappings[0].source_dataset == "/data");
    CHECK(mappings[0].source.what == kind::all);
    CHECK(mappings[0].target.what == kind::hyperslab);
    CHECK(mappings[0].target.regular == std::vector<slab>{{0, 4, unlimited, 4}, {0, 1, 1, 30}});
}

TEST_CASE("virtual layout: in version 1 mappings may share names")
{
    auto const mappings = decode_8_8(sample_block(version_1)).value();
    REQUIRE(mappings.size() == 4);
    CHECK(*mappings[0].source_file == "source_of_samples.h5");
    CHECK(*mappings[0].source_dataset == "/data/of/samples");
    CHECK(*mappings[1].source_file == "source_of_samples.h5");
    CHECK(*mappings[1].source_dataset == "/other");
    CHECK(*mappings[2].source_file == ".");
    CHECK(*mappings[2].source_dataset == "/data/of/samples");
    CHECK(*mappings[3].source_file == ".");
    CHECK(mappings[3].source.regular == std::vector<slab>{{15, 2, 2, 1}, {0, 1, 1, 30}});
    CHECK(mappings[3].target.regular == mappings[3].source.regular);
    // One copy, however often the block says it.
    CHECK(mappings[0].source_dataset == mappings[2].source_dataset);
    CHECK(mappings[0].source_dataset == mappings[3].source_dataset);
}

TEST_CASE("virtual layout: there may be no mappings")
{
    CHECK(decode_8_8(sample_block(sealed(hex("00 0000000000000000 00000000")))).value().empty());
}

TEST_CASE("virtual layout: every shorter block is refused")
{
    check_prefixes_refused(version_0, decode_8_8);
    check_prefixes_refused(version_1, decode_8_8);
}

TEST_CASE("virtual layout: unknown versions and flags, and names of later mappings are refused")
{
    CHECK(refused(sealed(patched(version_0, {{0, 2}}))) == errc::unsupported_version);
    CHECK(refused(sealed(patched(version_1, {{second_flags, 0x09}}))) == errc::bad_value);
    CHECK(refused(sealed(patched(version_1, {{second_flags + 1, 1}}))) == errc::bad_value);
    CHECK(refused(sealed(patched(version_1, {{second_flags + 8, 0xff}}))) == errc::bad_value);
}

TEST_CASE("virtual layout: the checksum covers everything and is the end")
{
    CHECK(refused(patched(version_0, {{9, 'q'}})) == errc::bad_checksum);
    auto longer = version_0;
    longer.push_back(std::byte{0});
    CHECK(refused(longer) == errc::bad_value);
}

TEST_CASE("virtual layout: more mappings than bytes are refused before anything is allocated")
{
    CHECK(refused(sealed(patched(version_0, {{8, 0xff}}))) == errc::truncated);
}
