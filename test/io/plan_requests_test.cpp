#include <lindi/io/plan_requests.hpp>

#include <doctest/doctest.h>

#include <array>

using lindi::io::byte_range;
using lindi::io::plan_options;
using lindi::io::plan_requests;
using ranges = std::vector<byte_range>;

namespace {

plan_options merging(std::uint64_t gap)
{
    plan_options out;
    out.merge_gap = gap;
    out.longest_run = 1000;
    out.part = 1000;
    return out;
}

}  // namespace

TEST_CASE("plan: nothing to read is no request")
{
    CHECK(plan_requests({}, {}).parts.empty());
    std::array const wave{byte_range{5, 0}};
    CHECK(plan_requests(wave, {}).parts.empty());
}

TEST_CASE("plan: gaps up to the limit are closed, larger ones not")
{
    std::array const wave{byte_range{300, 10}, byte_range{0, 10}, byte_range{110, 10}};
    auto const plan = plan_requests(wave, merging(100));
    CHECK(plan.parts == ranges{{0, 120}, {300, 10}});
    CHECK(plan.run_of_range == std::vector<std::size_t>{1, 0, 0});
    CHECK(plan_requests(wave, merging(99)).parts.size() == 3);
}

TEST_CASE("plan: overlapping and equal ranges are read once")
{
    std::array const wave{
        byte_range{0, 50}, byte_range{10, 5}, byte_range{0, 50}, byte_range{40, 20}};
    CHECK(plan_requests(wave, merging(0)).parts == ranges{{0, 60}});
}

TEST_CASE("plan: merging stops at the longest run, ranges are never cut by it")
{
    std::array const wave{byte_range{0, 600}, byte_range{600, 600}, byte_range{5000, 3000}};
    auto options = merging(0);
    options.part = 10'000;
    CHECK(plan_requests(wave, options).parts == ranges{{0, 600}, {600, 600}, {5000, 3000}});
}

TEST_CASE("plan: long runs are cut into even parts that belong to one run")
{
    std::array const wave{byte_range{7, 2500}};
    auto const plan = plan_requests(wave, merging(0));
    CHECK(plan.parts == ranges{{7, 834}, {841, 834}, {1675, 832}});
    REQUIRE(plan.runs.size() == 1);
    CHECK(plan.runs[0].part_count == 3);
}

TEST_CASE("plan: ranges at the end of the address space")
{
    constexpr auto last = ~std::uint64_t{0};
    std::array const wave{byte_range{last - 10, 10}, byte_range{0, 1}};
    CHECK(plan_requests(wave, merging(100)).parts == ranges{{0, 1}, {last - 10, 10}});
}
