#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/selection.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

using kind = selection::kind;
using numbers = std::vector<std::uint64_t>;
using slab = selection::slab;

// What region references of libhdf5 1.10.8 (old) and 2.2 (new) put into the global heap for
// selections of a 20 x 30 dataset, without the address in front.
bytes const nothing = hex("00 00 00 00 | 01 00 00 00 | 00 00 00 00 | 00 00 00 00");
bytes const everything = hex("03 00 00 00 | 01 00 00 00 | 00 00 00 00 | 00 00 00 00");
// Type, version, reserved, length, rank, number of points; (0,3), (0,0), (5,6).
bytes const old_points =
    hex("01 00 00 00 | 01 00 00 00 | 00 00 00 00 | 20 00 00 00 | 02 00 00 00 | 03 00 00 00"
        "00 00 00 00 03 00 00 00 | 00 00 00 00 00 00 00 00 | 05 00 00 00 06 00 00 00");
// Type, version, width, rank, number of points; (1,2), (3,4), (19,29).
bytes const new_points = hex("01 00 00 00 | 02 00 00 00 | 02 | 02 00 00 00 | 03 00"
                             "01 00 02 00 | 03 00 04 00 | 13 00 1d 00");
// Elements 3 to 8 of a dataset of 30.
bytes const old_hyperslab =
    hex("02 00 00 00 | 01 00 00 00 | 00 00 00 00 | 10 00 00 00 | 01 00 00 00 | 01 00 00 00"
        "03 00 00 00 | 08 00 00 00");
// start (1,2), stride (6,5), count (3,4), block (2,3).
bytes const new_regular = hex("02 00 00 00 | 03 00 00 00 | 01 | 02 | 02 00 00 00"
                              "01 00 06 00 03 00 02 00 | 02 00 05 00 04 00 03 00");
// (0,0) and the blocks of the one above, of which only the first is left here; type, version,
// flags, width, rank, number of blocks.
bytes const new_irregular = hex("02 00 00 00 | 03 00 00 00 | 00 | 02 | 02 00 00 00 | 02 00"
                                "00 00 00 00 | 00 00 00 00 | 01 00 02 00 | 02 00 04 00");

result<selection> decode(block_view b)
{
    cursor c(b, "selection");
    auto const out = read_selection(c);
    return c.finish(out);
}

result<selection> decode(bytes const& b)
{
    return decode(sample_block(b));
}

auto const decode_block = [](block_view b) { return decode(b); };

/// A version 2 selection of one dimension: start, stride, count, block with 8 bytes each.
bytes one_slab(std::string_view fields)
{
    auto out = hex("02 00 00 00 | 02 00 00 00 | 01 | 24 00 00 00 | 01 00 00 00");
    auto const more = hex(fields);
    out.insert(out.end(), more.begin(), more.end());
    return out;
}

}  // namespace

TEST_CASE("selection: none and all have no numbers")
{
    CHECK(decode(nothing).value().what == kind::none);
    CHECK(decode(everything).value().what == kind::all);
    CHECK(decode(everything).value().rank == 0);
}

TEST_CASE("selection: points keep their order")
{
    auto const old = decode(old_points).value();
    CHECK(old.what == kind::points);
    CHECK(old.rank == 2);
    CHECK(old.points == numbers{0, 3, 0, 0, 5, 6});
    auto const narrow = decode(new_points).value();
    CHECK(narrow.rank == 2);
    CHECK(narrow.points == numbers{1, 2, 3, 4, 19, 29});
}

TEST_CASE("selection: a hyperslab of version 1 is a list of blocks")
{
    auto const slabs = decode(old_hyperslab).value();
    CHECK(slabs.what == kind::hyperslab);
    CHECK(slabs.rank == 1);
    CHECK(slabs.regular.empty());
    CHECK(slabs.blocks == numbers{3, 8});
}

TEST_CASE("selection: a regular hyperslab of version 3")
{
    auto const slabs = decode(new_regular).value();
    CHECK(slabs.what == kind::hyperslab);
    CHECK(slabs.rank == 2);
    CHECK(slabs.blocks.empty());
    CHECK(slabs.regular == std::vector<slab>{{1, 6, 3, 2}, {2, 5, 4, 3}});
}

TEST_CASE("selection: an irregular hyperslab of version 3")
{
    auto const slabs = decode(new_irregular).value();
    CHECK(slabs.rank == 2);
    CHECK(slabs.regular.empty());
    CHECK(slabs.blocks == numbers{0, 0, 0, 0, 1, 2, 2, 4});
}

TEST_CASE("selection: version 2 has numbers of eight bytes and a length")
{
    auto const slabs = decode(one_slab("0300000000000000 0100000000000000"
                                       "ffffffffffffffff 0100000000000000"))
                           .value();
    CHECK(slabs.regular == std::vector<slab>{{3, 1, unlimited, 1}});
}

TEST_CASE("selection: unlimited is all ones at the width of the numbers")
{
    // Written by libhdf5 2.2 for blocks of four rows for ever.
    auto const slabs = decode(hex("02 00 00 00 | 03 00 00 00 | 01 | 02 | 02 00 00 00"
                                  "00 00 04 00 ff ff 04 00 | 00 00 01 00 01 00 1e 00"));
    CHECK(slabs.value().regular == std::vector<slab>{{0, 4, unlimited, 4}, {0, 1, 1, 30}});
}

TEST_CASE("selection: a hyperslab of no elements selects nothing")
{
    CHECK(decode(patched(new_regular, {{18, 0}})).value().what == kind::none);
    CHECK(decode(patched(new_regular, {{20, 0}})).value().what == kind::none);
}

TEST_CASE("selection: the cursor stands behind it")
{
    for (auto sample :
         {nothing, everything, old_points, new_points, old_hyperslab, new_regular, new_irregular}) {
        auto const size = sample.size();
        sample.resize(size + 5);
        cursor c(sample_block(sample), "selection");
        CHECK(read_selection(c).what == decode(sample).value().what);
        CHECK(c.position() == size);
    }
}

TEST_CASE("selection: every shorter one is refused")
{
    for (auto const& sample :
         {nothing, everything, old_points, new_points, old_hyperslab, new_regular, new_irregular})
        check_prefixes_refused(sample, decode_block);
}

TEST_CASE("selection: unknown kinds and versions are refused")
{
    CHECK(refusal(decode(patched(nothing, {{0, 4}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(nothing, {{4, 2}}))) == errc::unsupported_version);
    CHECK(refusal(decode(patched(everything, {{4, 0}}))) == errc::unsupported_version);
    CHECK(refusal(decode(patched(new_points, {{4, 3}}))) == errc::unsupported_version);
    CHECK(refusal(decode(patched(new_regular, {{4, 4}}))) == errc::unsupported_version);
}

TEST_CASE("selection: ranks other than 1 to 32, other widths and reserved flags are refused")
{
    CHECK(refusal(decode(patched(new_points, {{9, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(new_points, {{9, 33}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(new_points, {{12, 1}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(old_points, {{16, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(new_points, {{8, 3}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(new_points, {{8, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(new_regular, {{9, 16}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(new_regular, {{8, 3}}))) == errc::bad_value);
}

TEST_CASE("selection: more numbers than bytes are refused before anything is allocated")
{
    CHECK(refusal(decode(patched(old_points, {{23, 0xff}}))) == errc::truncated);
    CHECK(refusal(decode(patched(old_hyperslab, {{23, 0xff}}))) == errc::truncated);
}

TEST_CASE("selection: blocks must not overlap, end before they start, or be none")
{
    CHECK(refusal(decode(patched(new_regular, {{16, 1}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(old_hyperslab, {{24, 9}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(old_hyperslab, {{20, 0}}))) == errc::bad_value);
}

TEST_CASE("selection: one dimension can be unlimited, and in one way")
{
    auto const both = patched(new_regular, {{18, 0xff}, {19, 0xff}, {20, 0xff}, {21, 0xff}});
    CHECK(refusal(decode(both)) == errc::bad_value);
    auto const two = patched(new_regular, {{18, 0xff}, {19, 0xff}, {26, 0xff}, {27, 0xff}});
    CHECK(refusal(decode(two)) == errc::bad_value);
    auto const no_stride = one_slab("0000000000000000 0000000000000000"
                                    "ffffffffffffffff 0000000000000000");
    CHECK(refusal(decode(no_stride)) == errc::bad_value);
}

TEST_CASE("selection: a hyperslab that runs past 64 bits is refused")
{
    CHECK(
        refusal(decode(one_slab("feffffffffffffff 0100000000000000"
                                "0100000000000000 0200000000000000"))) == errc::bad_value
    );
    CHECK(
        refusal(decode(one_slab("0000000000000000 0000000000000080"
                                "0300000000000000 0100000000000000"))) == errc::bad_value
    );
    CHECK(decode(one_slab("feffffffffffffff 0100000000000000"
                          "0100000000000000 0100000000000000"))
              .has_value());
}
