#include <lindi/core/limits.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <thread>

namespace lindi {
namespace {

using namespace std::chrono_literals;

TEST_CASE("budget: the last unit may be spent, and what does not fit is not taken")
{
    lindi::limits max;
    max.bytes_read = 100;
    budget b(max);
    CHECK(b.spend_bytes(60, 0).has_value());
    auto const refused = b.spend_bytes(41, 0x40);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code() == errc::too_large);
    CHECK(refused.error().at() == 0x40);
    CHECK(refused.error().detail() == "limit on bytes read, 100");
    CHECK(b.spend_bytes(40, 0).has_value());
    CHECK(b.spend_bytes(1, 0).has_error());
    CHECK(b.spend_bytes(0, 0).has_value());
}

TEST_CASE("budget: a sum that wraps round is over the limit")
{
    lindi::limits max;
    max.memory = std::numeric_limits<std::uint64_t>::max();
    budget b(max);
    CHECK(b.spend_memory(2, 0).has_value());
    CHECK(b.spend_memory(max.memory - 1, 0).has_error());
}

TEST_CASE("budget: memory can be given back, but not more than was taken")
{
    lindi::limits max;
    max.memory = 10;
    budget b(max);
    CHECK(b.spend_memory(10, 0).has_value());
    b.return_memory(4);
    CHECK(b.spend_memory(4, 0).has_value());
    b.return_memory(1000);
    CHECK(b.spend_memory(10, 0).has_value());
    CHECK(b.spend_memory(1, 0).has_error());
}

TEST_CASE("budget: each limit is its own and says its name")
{
    lindi::limits max;
    max.bytes_read = max.memory = max.objects = max.links = max.attributes = 0;
    budget b(max);
    auto const name = [](result<void> const& refused) {
        return std::string(refused.error().detail());
    };
    CHECK(name(b.spend_bytes(1, 0)) == "limit on bytes read, 0");
    CHECK(name(b.spend_memory(1, 0)) == "limit on memory, 0");
    CHECK(name(b.spend_objects(1, 0)) == "limit on objects, 0");
    CHECK(name(b.spend_links(1, 0)) == "limit on links, 0");
    CHECK(name(b.spend_attributes(1, 0)) == "limit on attributes, 0");
}

TEST_CASE("budget: a walk has a bound of its own, within the limit")
{
    lindi::limits max;
    max.bytes_read = 100;
    budget b(max);
    CHECK(b.spend_bytes(20, 0).has_value());
    b.begin_walk(30);
    CHECK(b.spend_bytes(31, 0).error().detail() == "limit on bytes read, 50");
    CHECK(b.spend_bytes(30, 0).has_value());
    b.end_walk();
    CHECK(b.spend_bytes(10, 0).has_value());
    b.begin_walk(std::numeric_limits<std::uint64_t>::max());
    CHECK(b.spend_bytes(41, 0).error().detail() == "limit on bytes read, 100");
}

TEST_CASE("memory lease: gives back what it took, unless it is to stay")
{
    lindi::limits max;
    max.memory = 100;
    budget b(max);
    {
        memory_lease held(b);
        CHECK(held.take(60, 0).has_value());
        CHECK(held.take(40, 0).has_value());
        CHECK(held.take(1, 0).has_error());
        auto moved = std::move(held);
    }
    CHECK(b.spend_memory(100, 0).has_value());
    b.return_memory(100);
    {
        memory_lease held(b);
        CHECK(held.take(60, 0).has_value());
        held.keep();
    }
    CHECK(b.spend_memory(41, 0).has_error());
}

TEST_CASE("budget: time runs out")
{
    lindi::limits max;
    max.time = 1ms;
    budget const b(max);
    std::this_thread::sleep_for(3ms);
    auto const late = b.check_time();
    REQUIRE(late.has_error());
    CHECK(late.error().code() == errc::too_large);
    CHECK(late.error().message() == "file: over the limit (limit on time, 1 ms)");
    CHECK(budget(lindi::limits{}).check_time().has_value());
}

}  // namespace
}  // namespace lindi
