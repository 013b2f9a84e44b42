#include <lindi/node/chunk_table.hpp>

#include <doctest/doctest.h>

#include <vector>

namespace lindi::node {
namespace {

constexpr std::uint64_t four_gib = std::uint64_t{4} << 30;

std::vector<std::uint64_t> numbers_of(chunk_table const& table)
{
    std::vector<std::uint64_t> out;
    table.for_each([&](std::uint64_t number, stored_chunk const&) { out.push_back(number); });
    return out;
}

TEST_CASE("chunk table: dense and sparse tables hold the same")
{
    for (bool const dense : {true, false}) {
        CAPTURE(dense);
        chunk_table table({2, 5}, std::nullopt, dense);
        CHECK(table.grid_size() == 10);
        CHECK(table.add(7, {700, 70, 0}));
        CHECK(table.add(0, {0, 1, 2}));
        CHECK(table.add(9, {900, four_gib, 0}));
        CHECK(table.add(3, {300, 30, 0x8000'0000}));
        REQUIRE(table.finish());
        CHECK(table.count() == 4);
        CHECK(table.any_mask());
        CHECK(numbers_of(table) == std::vector<std::uint64_t>{0, 3, 7, 9});
        CHECK_FALSE(table.find(1).has_value());
        CHECK_FALSE(table.find(10).has_value());
        CHECK(table.find(0)->offset == 0);
        CHECK(table.find(0)->size == 1);
        CHECK(table.find(0)->filter_mask == 2);
        CHECK(table.find(3)->filter_mask == 0x8000'0000);
        CHECK(table.find(7)->size == 70);
        CHECK(table.find(7)->filter_mask == 0);
        CHECK(table.find(9)->size == four_gib);
    }
}

TEST_CASE("chunk table: sizes of 4 GiB and more, first, last and alone")
{
    for (bool const dense : {true, false})
        for (std::uint64_t big = 0; big < 3; ++big) {
            CAPTURE(dense);
            CAPTURE(big);
            chunk_table table({3}, std::nullopt, dense);
            for (std::uint64_t n = 0; n < 3; ++n)
                REQUIRE(table.add(n, {n, n == big ? four_gib + n : n, 0}));
            REQUIRE(table.finish());
            for (std::uint64_t n = 0; n < 3; ++n)
                CHECK(table.find(n)->size == (n == big ? four_gib + n : n));
        }
}

TEST_CASE("chunk table: the fewest stored bytes and the last end, whatever came last")
{
    for (bool const dense : {true, false}) {
        CAPTURE(dense);
        chunk_table table({4}, std::nullopt, dense);
        CHECK(table.least_size() == ~std::uint64_t{0});
        CHECK(table.end() == 0);
        CHECK(table.add(2, {1000, 30, 0}));
        CHECK(table.add(0, {2000, 20, 0}));
        CHECK(table.add(1, {500, 40, 0}));
        CHECK(table.least_size() == 20);
        CHECK(table.end() == 2020);
        CHECK(table.add(3, {~std::uint64_t{0} - 1, 5, 0}));  // past 2^64
        CHECK(table.end() == ~std::uint64_t{0});
    }
    chunk_table fixed({4}, 8, true);
    CHECK(fixed.add(1, {100, 3, 0}));  // what `find` gives has 8 bytes
    CHECK(fixed.least_size() == 8);
    CHECK(fixed.end() == 108);
}

TEST_CASE("chunk table: a chunk that comes twice is told, at once or at the end")
{
    chunk_table dense({4}, std::nullopt, true);
    CHECK(dense.add(2, {1, 1, 0}));
    CHECK_FALSE(dense.add(2, {2, 1, 0}));
    CHECK(dense.count() == 1);

    for (auto const& order :
         std::vector<std::vector<std::uint64_t>>{{2, 2}, {3, 2, 3}, {1, 2, 2}}) {
        chunk_table sparse({4}, std::nullopt, false);
        for (auto const n : order)
            sparse.add(n, {n, 1, 0});
        CHECK_FALSE(sparse.finish());
    }
}

TEST_CASE("chunk table: unfiltered chunks have one size, which is not kept")
{
    chunk_table table({1000}, 4096, true);
    for (std::uint64_t n = 0; n < 1000; ++n)
        table.add(n, {n * 4096, 4096, 0});
    REQUIRE(table.finish());
    CHECK(table.find(999)->size == 4096);
    CHECK(table.memory() <= 8 * 1000);
}

TEST_CASE("chunk table: memory per chunk, dense at most 16 bytes")
{
    constexpr std::uint64_t count = 10'000;
    chunk_table dense({count}, std::nullopt, true);
    chunk_table large({count}, std::nullopt, true);
    for (std::uint64_t n = 0; n < count; ++n) {
        dense.add(n, {n, n, 0});
        large.add(n, {n, four_gib, 0});
    }
    CHECK(dense.memory() <= 12 * count);
    CHECK(large.memory() <= 16 * count);

    chunk_table sparse({count * count}, std::nullopt, false);
    for (std::uint64_t n = count; n-- > 0;)
        sparse.add(n * count, {n, n, 0});
    REQUIRE(sparse.finish());
    CHECK(sparse.memory() <= 20 * count);
    CHECK(sparse.find(17 * count)->offset == 17);
}

TEST_CASE("chunk table: without chunks or without a grid")
{
    for (bool const dense : {true, false}) {
        chunk_table table({0, 5}, std::nullopt, dense);
        CHECK(table.grid_size() == 0);
        CHECK(table.finish());
        CHECK(numbers_of(table).empty());
        CHECK_FALSE(table.find(0).has_value());
    }
    chunk_table const none;
    CHECK(none.count() == 0);
    CHECK_FALSE(none.find(0).has_value());
}

}  // namespace
}  // namespace lindi::node
