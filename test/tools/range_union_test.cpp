#include "range_union.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using lindi::tools::range_union;

TEST_CASE("range union: every byte counts once")
{
    range_union u;
    CHECK(u.size() == 0);
    u.add({10, 5});
    u.add({0, 3});
    u.add({12, 8});
    u.add({20, 0});
    CHECK(u.size() == 13);
    u.add({3, 7});
    CHECK(u.size() == 20);
}

TEST_CASE("range union: what two have in common")
{
    range_union a;
    range_union b;
    CHECK(a.size_common_with(b) == 0);
    a.add({0, 10});
    a.add({20, 10});
    b.add({5, 20});
    b.add({29, 100});
    CHECK(a.size_common_with(b) == 11);
    CHECK(b.size_common_with(a) == 11);
}

TEST_CASE("range union: as a bit for each byte would have it, also with many ranges")
{
    std::vector<bool> bits(100'000);
    range_union u;
    std::uint32_t state = 1;
    for (int i = 0; i < 20'000; ++i) {
        state = state * 1664525 + 1013904223;
        auto const offset = (state >> 8) % 90'000;
        auto const size = state % 5;
        u.add({offset, size});
        for (auto at = offset; at < offset + size; ++at)
            bits[at] = true;
    }
    CHECK(u.size() == static_cast<std::uint64_t>(std::count(bits.begin(), bits.end(), true)));
}
