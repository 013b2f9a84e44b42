#include <lindi/node/chunk_cache.hpp>
#include <lindi/node/graph.hpp>

#include <doctest/doctest.h>

namespace lindi::node {
namespace {

TEST_CASE("chunk cache: off without a capacity")
{
    chunk_cache cache;
    dataset const data;
    cache.keep(data, 0, lindi::bytes(1));
    CHECK(cache.find(data, 0) == nullptr);
}

TEST_CASE("chunk cache: what was used least recently goes first; datasets are told apart")
{
    chunk_cache cache(32);
    dataset const a;
    dataset const b;
    for (std::uint64_t i = 0; i < 8; ++i)
        cache.keep(a, i, lindi::bytes(4, std::byte(i)));
    REQUIRE(cache.find(a, 0) != nullptr);
    CHECK(*cache.find(a, 0) == lindi::bytes(4, std::byte(0)));
    CHECK(cache.find(b, 0) == nullptr);
    cache.keep(b, 0, lindi::bytes(4, std::byte(9)));
    CHECK(cache.find(a, 1) == nullptr);
    CHECK(cache.find(a, 0) != nullptr);
    CHECK(cache.find(b, 0)->front() == std::byte(9));
}

TEST_CASE("chunk cache: large chunks are not kept; those handed out live on")
{
    chunk_cache cache(64);
    dataset const data;
    cache.keep(data, 0, lindi::bytes(9));
    CHECK(cache.find(data, 0) == nullptr);
    cache.keep(data, 1, lindi::bytes(8, std::byte(7)));
    auto const held = cache.find(data, 1);
    cache.set_capacity(0);
    CHECK(cache.find(data, 1) == nullptr);
    REQUIRE(held != nullptr);
    CHECK(*held == lindi::bytes(8, std::byte(7)));
}

}  // namespace
}  // namespace lindi::node
