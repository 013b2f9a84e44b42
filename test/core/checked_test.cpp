#include <lindi/core/checked.hpp>

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <vector>

namespace lindi {
namespace {

constexpr auto most = std::numeric_limits<std::uint64_t>::max();

TEST_CASE("checked add: the largest sum fits, one more does not")
{
    CHECK(checked_add(most - 1, 1) == most);
    CHECK(checked_add(most, 0) == most);
    CHECK_FALSE(checked_add(most, 1));
    CHECK_FALSE(checked_add(most, most));
}

TEST_CASE("checked multiply: products up to 2^64 - 1 fit")
{
    constexpr std::uint64_t half = std::uint64_t{1} << 32;
    CHECK(checked_multiply(half, half - 1) == (most - half + 1));
    CHECK(checked_multiply(most, 1) == most);
    CHECK(checked_multiply(most, 0) == 0);
    CHECK_FALSE(checked_multiply(half, half));
    CHECK_FALSE(checked_multiply(most, 2));
}

TEST_CASE("checked product: rank 0 has one element, any extent of 0 makes none")
{
    CHECK(checked_product({}) == 1);
    CHECK(checked_product(std::array<std::uint64_t, 3>{2, 3, 4}) == 24);
    CHECK(checked_product(std::array<std::uint64_t, 2>{most, 1}) == most);
    CHECK_FALSE(checked_product(std::array<std::uint64_t, 2>{most, 2}));
    // What stands in front of the 0 does not fit; the product does, in any order.
    CHECK(checked_product(std::array<std::uint64_t, 3>{most, most, 0}) == 0);
    CHECK(checked_product(std::array<std::uint64_t, 3>{0, most, most}) == 0);
}

TEST_CASE("divide up: rounds up also where a + b - 1 would wrap round")
{
    CHECK(divide_up(0, 7) == 0);
    CHECK(divide_up(7, 7) == 1);
    CHECK(divide_up(8, 7) == 2);
    CHECK(divide_up(most, 1) == most);
    CHECK(divide_up(most, 2) == most / 2 + 1);
    CHECK(divide_up(most, most) == 1);
}

}  // namespace
}  // namespace lindi
