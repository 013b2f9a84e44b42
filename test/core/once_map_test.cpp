#include "gate.hpp"

#include <lindi/core/once_map.hpp>

#include <doctest/doctest.h>

#include <string>

namespace lindi {
namespace {

using test::gate;
using map = once_map<int, std::string>;

task<std::string> make(int& made, gate* behind, bool fails)
{
    ++made;
    if (behind != nullptr)
        co_await *behind;
    if (fails)
        throw std::bad_alloc();
    co_return "value";
}

task<void> ask(map& from, int key, task<std::string> how, std::vector<std::string const*>& to)
{
    auto const* const value = co_await from.get(key, std::move(how));
    to.push_back(value);
}

TEST_CASE("once map: the first who asks makes the value, those who come later find it")
{
    run_loop loop;
    map values(loop);
    int made = 0;
    std::vector<std::string const*> got;
    CHECK(values.find(1) == nullptr);
    for (int i = 0; i < 3; ++i) {
        auto work = ask(values, 1, make(made, nullptr, false), got);
        work.get().resume();
        REQUIRE(work.get().done());
    }
    CHECK(made == 1);
    CHECK(*got[0] == "value");
    CHECK(got[0] == got[2]);
    CHECK(values.find(1) == got[0]);
    CHECK(values.find(2) == nullptr);
}

TEST_CASE("once map: those who ask while the value is made wait for it")
{
    run_loop loop;
    map values(loop);
    int made = 0;
    gate g;
    std::vector<std::string const*> got;
    std::vector<task<void>> asking;
    for (int i = 0; i < 3; ++i) {
        asking.push_back(ask(values, 1, make(made, &g, false), got));
        asking.back().get().resume();
    }
    CHECK(made == 1);
    CHECK(values.find(1) == nullptr);
    g.go();
    CHECK(got.size() == 1);
    loop.run();
    CHECK(got.size() == 3);
    CHECK(got[0] == got[1]);
}

TEST_CASE("once map: an exception reaches all who wait, and nobody is left waiting")
{
    run_loop loop;
    map values(loop);
    int made = 0;
    gate g;
    std::vector<std::string const*> got;
    std::vector<task<void>> asking;
    for (int i = 0; i < 3; ++i) {
        asking.push_back(ask(values, 1, make(made, &g, true), got));
        asking.back().get().resume();
    }
    g.go();
    loop.run();
    for (auto& work : asking) {
        REQUIRE(work.get().done());
        CHECK_THROWS_AS(work.await_resume(), std::bad_alloc);
    }
    CHECK(got.empty());
}

}  // namespace
}  // namespace lindi
