#include <lindi/node/chunk_table.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using node::chunk_table;

TEST_CASE("chunk table: finds what was added, dense and sparse alike")
{
    for (bool const dense : {true, false}) {
        CAPTURE(dense);
        chunk_table table({4, 5}, std::nullopt, dense);
        REQUIRE(table.add(7, {700, 70, 0}));
        REQUIRE(table.add(3, {300, 30, 2}));
        REQUIRE(table.finish());
        CHECK(table.grid_size() == 20);
        CHECK(table.count() == 2);
        REQUIRE(table.find(3).has_value());
        CHECK(table.find(3)->offset == 300);
        CHECK(table.find(3)->size == 30);
        CHECK(table.find(3)->filter_mask == 2);
        CHECK(table.find(7)->filter_mask == 0);
        CHECK_FALSE(table.find(4).has_value());
        CHECK_FALSE(table.find(20).has_value());
        std::vector<std::uint64_t> numbers;
        table.for_each([&](std::uint64_t n, node::stored_chunk const&) { numbers.push_back(n); });
        CHECK(numbers == std::vector<std::uint64_t>{3, 7});
    }
}

TEST_CASE("chunk table: a chunk that comes twice is noticed")
{
    chunk_table dense({9}, 8, true);
    REQUIRE(dense.add(1, {100, 8, 0}));
    CHECK_FALSE(dense.add(1, {200, 8, 0}));
    chunk_table sparse({9}, 8, false);
    REQUIRE(sparse.add(1, {100, 8, 0}));
    REQUIRE(sparse.add(1, {200, 8, 0}));
    CHECK_FALSE(sparse.finish());
}

TEST_CASE("chunk table: sizes over 4 GiB are kept, whenever they come")
{
    constexpr std::uint64_t big = 5'000'000'000;
    for (bool const dense : {true, false}) {
        chunk_table table({3}, std::nullopt, dense);
        REQUIRE(table.add(0, {0, 10, 0}));
        REQUIRE(table.add(1, {100, big, 0}));
        REQUIRE(table.add(2, {200, 20, 0}));
        REQUIRE(table.finish());
        CHECK(table.find(0)->size == 10);
        CHECK(table.find(1)->size == big);
        CHECK(table.find(2)->size == 20);
    }
}

TEST_CASE("chunk table: a dense one keeps at most 16 bytes a chunk, 8 when sizes are all alike")
{
    constexpr std::uint64_t count = 100'000;
    chunk_table filtered({count}, std::nullopt, true);
    chunk_table plain({count}, 4096, true);
    for (std::uint64_t n = 0; n < count; ++n) {
        REQUIRE(filtered.add(n, {n * 5000, 4000 + n % 100, 0}));
        REQUIRE(plain.add(n, {n * 4096, 4096, 0}));
    }
    CHECK(filtered.memory() <= 16 * count);
    CHECK(plain.memory() <= 8 * count + 64);
}
