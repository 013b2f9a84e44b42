#include "gate.hpp"

#include <lindi/core/task.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

namespace lindi {
namespace {

using test::gate;

/// Says when it is destroyed.
struct witness {
    int* count;
    explicit witness(int& to) : count(&to) {}
    witness(witness&& other) noexcept : count(std::exchange(other.count, nullptr)) {}
    ~witness()
    {
        if (count != nullptr)
            ++*count;
    }
};

task<int> number(int n)
{
    co_return n;
}

task<int> number_behind(gate& g, int n)
{
    co_await g;
    co_return n;
}

task<int> fails(std::string why)
{
    throw std::runtime_error(why);
    co_return 0;
}

task<int> fails_behind(gate& g)
{
    co_await g;
    throw std::runtime_error("late");
}

/// Runs a task that needs nobody else.
template <class T>
T run(task<T> work)
{
    work.get().resume();
    REQUIRE(work.get().done());
    return work.await_resume();
}

TEST_CASE("task: does nothing until it is awaited")
{
    int started = 0;
    auto const start = [](int& count) -> task<int> { co_return ++count; };
    {
        auto never = start(started);
    }
    CHECK(started == 0);
    CHECK(run(start(started)) == 1);
}

TEST_CASE("task: returns values that can only be moved")
{
    auto const make = []() -> task<std::unique_ptr<int>> { co_return std::make_unique<int>(7); };
    auto const pass = [](task<std::unique_ptr<int>> inner) -> task<std::unique_ptr<int>> {
        auto value = co_await inner;
        co_return value;
    };
    CHECK(*run(pass(make())) == 7);
}

TEST_CASE("task: an exception comes out where it is awaited")
{
    auto const outer = []() -> task<std::string> {
        try {
            co_await fails("why");
        } catch (std::runtime_error const& e) {
            co_return e.what();
        }
        co_return "none";
    };
    CHECK(run(outer()) == "why");
    CHECK_THROWS_AS(run(fails("why")), std::runtime_error);
}

TEST_CASE("task: goes on when what it waits for is there")
{
    gate g;
    auto const outer = [](gate& at) -> task<int> {
        auto const n = co_await number_behind(at, 20);
        co_return n + 1;
    };
    auto work = outer(g);
    work.get().resume();
    CHECK_FALSE(work.get().done());
    g.go();
    REQUIRE(work.get().done());
    CHECK(work.await_resume() == 21);
}

TEST_CASE("task: what it holds is destroyed with it, finished, waiting or never started")
{
    auto const hold = [](witness, gate& at) -> task<void> { co_await at; };
    int destroyed = 0;
    gate g;
    {
        auto never = hold(witness(destroyed), g);
        auto waiting = hold(witness(destroyed), g);
        waiting.get().resume();
        CHECK(destroyed == 0);
    }
    CHECK(destroyed == 2);
    {
        auto finished = hold(witness(destroyed), g);
        finished.get().resume();
        g.go();
        CHECK(finished.get().done());
    }
    CHECK(destroyed == 3);
}

TEST_CASE("task: a million that are ready at once use no stack")
{
    // Each nested resumption that stayed on the stack would take at least 50 bytes: 50 MB of 8.
    auto const sum = []() -> task<std::int64_t> {
        std::int64_t total = 0;
        for (int i = 0; i < 1'000'000; ++i)
            total += co_await number(i);
        co_return total;
    };
    CHECK(run(sum()) == 499'999'500'000);
}

TEST_CASE("when_all: nothing to wait for is ready")
{
    CHECK(run(when_all(std::vector<task<int>>{})).empty());
    run(when_all(std::vector<task<void>>{}));
}

TEST_CASE("when_all: values are in order of the tasks, whichever finishes first")
{
    gate first, last;
    std::vector<task<int>> tasks;
    tasks.push_back(number_behind(first, 1));
    tasks.push_back(number(2));
    tasks.push_back(number_behind(last, 3));
    auto all = when_all(std::move(tasks));
    all.get().resume();
    // All have been started before any is waited for.
    REQUIRE(first.has_waiter());
    REQUIRE(last.has_waiter());
    last.go();
    CHECK_FALSE(all.get().done());
    first.go();
    REQUIRE(all.get().done());
    CHECK(all.await_resume() == std::vector<int>{1, 2, 3});
}

TEST_CASE("when_all: waits for the others when one throws, then rethrows the first in order")
{
    gate first, second;
    std::vector<task<int>> tasks;
    tasks.push_back(fails_behind(first));
    tasks.push_back(fails("early"));
    tasks.push_back(number_behind(second, 3));
    auto all = when_all(std::move(tasks));
    all.get().resume();
    second.go();
    CHECK_FALSE(all.get().done());
    first.go();
    REQUIRE(all.get().done());
    CHECK_THROWS_WITH(all.await_resume(), "late");
}

TEST_CASE("when_all: a million tasks that are ready at once use no stack")
{
    std::vector<task<int>> tasks;
    for (int i = 0; i < 1'000'000; ++i)
        tasks.push_back(number(i));
    auto const values = run(when_all(std::move(tasks)));
    REQUIRE(values.size() == 1'000'000);
    CHECK(values.back() == 999'999);
}

TEST_CASE("run loop: last in, first out, until none is ready")
{
    run_loop loop;
    std::string order;
    auto const note = [](std::string& to, char c, run_loop* then, task<void>* next) -> task<void> {
        to += c;
        if (next != nullptr)
            then->post(next->get());
        co_return;
    };
    auto c = note(order, 'c', nullptr, nullptr);
    auto b = note(order, 'b', &loop, &c);
    auto a = note(order, 'a', nullptr, nullptr);
    loop.post(a.get());
    loop.post(b.get());
    loop.run();
    CHECK(order == "bca");
    loop.run();
    CHECK(order == "bca");
}

/// Runs until nothing is ready.
template <class T>
T run(run_loop& loop, task<T> work)
{
    work.get().resume();
    loop.run();
    REQUIRE(work.get().done());
    return work.await_resume();
}

task<void> count_to(task_group& group, std::uint64_t& count, std::uint64_t last)
{
    if (++count < last)
        group.spawn(count_to(group, count, last));
    co_return;
}

TEST_CASE("task group: an empty one is joined at once")
{
    run_loop loop;
    task_group group(loop);
    run(loop, group.join());
}

TEST_CASE("task group: tasks may add tasks, a million deep, and use no stack")
{
    run_loop loop;
    task_group group(loop);
    std::uint64_t count = 0;
    group.spawn(count_to(group, count, 1'000'000));
    CHECK(count == 0);
    run(loop, group.join());
    CHECK(count == 1'000'000);
}

TEST_CASE("task group: a million tasks side by side use no stack")
{
    run_loop loop;
    task_group group(loop);
    std::uint64_t count = 0;
    for (int i = 0; i < 1'000'000; ++i)
        group.spawn(count_to(group, count, 0));
    run(loop, group.join());
    CHECK(count == 1'000'000);
}

TEST_CASE("task group: join waits for those that wait")
{
    run_loop loop;
    task_group group(loop);
    gate g;
    auto const wait = [](gate& at) -> task<void> { co_await at; };
    group.spawn(wait(g));
    auto join = group.join();
    join.get().resume();
    loop.run();
    CHECK_FALSE(join.get().done());
    g.go();
    CHECK(join.get().done());
}

TEST_CASE("task group: join rethrows the first exception after all have finished")
{
    run_loop loop;
    task_group group(loop);
    int finished = 0;
    auto const work = [](int& count, char const* why) -> task<void> {
        ++count;
        if (why != nullptr)
            throw std::runtime_error(why);
        co_return;
    };
    group.spawn(work(finished, nullptr));
    group.spawn(work(finished, "second"));
    group.spawn(work(finished, "first"));  // the loop starts the latest first
    CHECK_THROWS_WITH(run(loop, group.join()), "first");
    CHECK(finished == 3);
}

TEST_CASE("task group: what a task holds goes when it has finished, not when the group goes")
{
    run_loop loop;
    task_group group(loop);
    int destroyed = 0;
    auto const hold = [](witness) -> task<void> { co_return; };
    group.spawn(hold(witness(destroyed)));
    loop.run();
    CHECK(destroyed == 1);
    run(loop, group.join());
}

}  // namespace
}  // namespace lindi
