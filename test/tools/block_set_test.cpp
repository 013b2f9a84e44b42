#include "block_set.hpp"

#include <doctest/doctest.h>

using lindi::tools::block_set;
using numbers = std::vector<std::uint64_t>;

TEST_CASE("block set: neighbours that make a rectangle become one block")
{
    // rows 0-1 and rows 2-3 of the same columns
    auto const set = block_set::make(numbers{0, 2, 1, 5, 2, 2, 3, 5}, 2);
    REQUIRE(set);
    REQUIRE(set->blocks().size() == 1);
    CHECK(set->blocks()[0].first == numbers{0, 2});
    CHECK(set->blocks()[0].last == numbers{3, 5});
    CHECK(set->element_count() == 16);
}

TEST_CASE("block set: equal blocks at equal distances are regular")
{
    auto const set = block_set::make(numbers{1, 2, 5, 6, 9, 10}, 1);
    REQUIRE(set);
    auto const regular = set->as_regular();
    REQUIRE(regular);
    CHECK(regular->at(0).start == 1);
    CHECK(regular->at(0).stride == 4);
    CHECK(regular->at(0).count == 3);
    CHECK(regular->at(0).block == 2);
}

TEST_CASE("block set: one block has stride 1")
{
    auto const set = block_set::make(numbers{3, 7}, 1);
    REQUIRE(set);
    REQUIRE(set->as_regular());
    CHECK(set->as_regular()->at(0).stride == 1);
    CHECK(set->as_regular()->at(0).block == 5);
}

TEST_CASE("block set: overlapping blocks count their elements once")
{
    auto const set = block_set::make(numbers{0, 0, 2, 2, 1, 1, 3, 3}, 2);
    REQUIRE(set);
    CHECK(set->element_count() == 14);
    CHECK_FALSE(set->as_regular());
    CHECK(set->block_count() == 3);
}

TEST_CASE("block set: unequal distances are not regular")
{
    auto const set = block_set::make(numbers{0, 0, 2, 2, 5, 5}, 1);
    REQUIRE(set);
    CHECK_FALSE(set->as_regular());
    CHECK(set->block_count() == 3);
}

TEST_CASE("block set: corners turned round or at the end of all numbers are refused")
{
    CHECK_FALSE(block_set::make(numbers{2, 1}, 1));
    CHECK_FALSE(block_set::make(numbers{0, ~std::uint64_t{0}}, 1));
}

TEST_CASE("block set: a union that takes too long is refused in time")
{
    // crossing bars in 6 dimensions: every cut multiplies
    numbers corners;
    for (std::uint64_t i = 0; i < 2000; ++i) {
        for (std::size_t d = 0; d < 6; ++d)
            corners.push_back(d == i % 6 ? i : 0);
        for (std::size_t d = 0; d < 6; ++d)
            corners.push_back(d == i % 6 ? i : 5000 + i);
    }
    CHECK_FALSE(block_set::make(corners, 6));
}
