#include <lindi/array/hyperslab.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::array;

TEST_CASE("overlap: is what counting shows")
{
    for (std::uint64_t start = 0; start < 12; ++start)
        for (std::uint64_t step = 1; step < 5; ++step)
            for (std::uint64_t count = 1; count < 7; ++count)
                for (std::uint64_t origin = 0; origin < 12; origin += 4) {
                    CAPTURE(start);
                    CAPTURE(step);
                    CAPTURE(count);
                    CAPTURE(origin);
                    std::vector<std::uint64_t> inside;
                    for (std::uint64_t i = 0; i < count; ++i)
                        if (start + i * step >= origin && start + i * step < origin + 4)
                            inside.push_back(i);
                    auto const common = overlap_of({start, count, step}, origin, 4);
                    REQUIRE(common.count == inside.size());
                    if (inside.empty())
                        continue;
                    CHECK(common.in_part == inside.front());
                    CHECK(common.in_box == start + inside.front() * step - origin);
                }
}

TEST_CASE("hyperslab: what does not fit is refused")
{
    std::vector<std::uint64_t> const extents{10, 3};
    CHECK(check_hyperslab(hyperslab{{0, 10, 1}, {0, 3, 1}}, extents).has_value());
    CHECK(check_hyperslab(hyperslab{{9, 1, 100}, {2, 0, 1}}, extents).has_value());
    CHECK(check_hyperslab(hyperslab{{0, 4, 3}, {0, 3, 1}}, extents).has_value());
    CHECK(check_hyperslab(hyperslab{{0, 5, 3}, {0, 3, 1}}, extents).has_error());
    CHECK(check_hyperslab(hyperslab{{0, 10, 1}}, extents).has_error());
    CHECK(check_hyperslab(hyperslab{{0, 10, 0}, {0, 3, 1}}, extents).has_error());
    CHECK(check_hyperslab(hyperslab{{1, ~std::uint64_t{0}, ~std::uint64_t{0}}, {0, 1, 1}}, extents)
              .has_error());
}
