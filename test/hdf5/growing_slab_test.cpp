#include <lindi/hdf5/growing_slab.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;

namespace {

/// The slow way: goes through every place.
std::uint64_t count_below(selection::slab const& s, std::uint64_t extent)
{
    std::uint64_t count = 0;
    for (auto at = s.start; at < extent; ++at)
        count += s.block == unlimited || (at - s.start) % s.stride < s.block ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("growing slab: places below an extent, and the extent for so many places")
{
    selection::slab const slabs[] = {
        {0, 1, 1, unlimited},
        {3, 1, 1, unlimited},
        {0, 1, unlimited, 1},
        {2, 3, unlimited, 1},
        {1, 5, unlimited, 3},
        {0, 4, unlimited, 4},
    };
    for (auto const& s : slabs) {
        CAPTURE(s.start);
        CAPTURE(s.stride);
        for (std::uint64_t extent = 0; extent < 30; ++extent) {
            CAPTURE(extent);
            auto const places = count_below(s, extent);
            CHECK(places_below(s, extent) == places);
            auto const smallest = extent_for(s, places).value();
            CHECK(smallest <= extent);
            CHECK(count_below(s, smallest) == places);
            CHECK((smallest == 0 || count_below(s, smallest - 1) < places));
        }
    }
}

TEST_CASE("growing slab: what does not fit 64 bits is no extent")
{
    CHECK_FALSE(extent_for({5, 1, 1, unlimited}, ~std::uint64_t{0}).has_value());
    CHECK_FALSE(extent_for({0, std::uint64_t{1} << 40, unlimited, 1}, 1 << 30).has_value());
    CHECK(places_below({5, 1, 1, unlimited}, ~std::uint64_t{0}) == ~std::uint64_t{0} - 5);
    CHECK_FALSE(extent_for({0, 1, unlimited, 0}, 1).has_value());
}

TEST_CASE("growing slab: the dimension that goes on for ever")
{
    selection s{.what = selection::kind::hyperslab, .rank = 2};
    s.regular = {{0, 1, 1, 4}, {0, 1, 1, 4}};
    CHECK_FALSE(unlimited_dimension(s).has_value());
    s.regular[1].block = unlimited;
    CHECK(unlimited_dimension(s) == 1);
    CHECK_FALSE(unlimited_dimension({.what = selection::kind::all}).has_value());
}
