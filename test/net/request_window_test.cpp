#include <lindi/net/request_window.hpp>

#include <doctest/doctest.h>

using lindi::net::is_worth_connecting;
using lindi::net::request_window;

namespace {

/// All requests of a window go out and are answered.
void round_trip(request_window& window)
{
    auto const out = window.size();
    for (unsigned i = 0; i < out; ++i)
        window.sent();
    for (unsigned i = 0; i < out; ++i)
        window.answered(true);
}

}  // namespace

TEST_CASE("request window: doubles each round trip until a server complains, up to the most")
{
    request_window window(16, 100);
    CHECK(window.size() == 16);
    round_trip(window);
    CHECK(window.size() == 32);
    round_trip(window);
    CHECK(window.size() == 64);
    round_trip(window);
    CHECK(window.size() == 100);
}

TEST_CASE("request window: what is not used does not grow")
{
    request_window window(16, 128);
    for (int i = 0; i < 1000; ++i)
        window.answered(false);
    CHECK(window.size() == 16);
}

TEST_CASE("request window: a complaint halves it, the rest of the same burst does not")
{
    request_window window(16, 128);
    round_trip(window);
    auto const before = window.sent();
    auto const burst = window.sent();
    window.overloaded(burst);
    CHECK(window.size() == 16);
    window.overloaded(before);
    window.overloaded(burst);
    CHECK(window.size() == 16);
    window.overloaded(window.sent());
    CHECK(window.size() == 8);
}

TEST_CASE("request window: after a complaint it grows by one each round trip")
{
    request_window window(16, 128);
    window.overloaded(window.sent());
    round_trip(window);
    CHECK(window.size() <= 9);
    round_trip(window);
    CHECK(window.size() >= 9);
    CHECK(window.size() <= 10);
}

TEST_CASE("request window: one request may always be out")
{
    request_window window(0, 0);
    CHECK(window.size() == 1);
    for (int i = 0; i < 100; ++i)
        window.overloaded(window.sent());
    CHECK(window.size() == 1);
    round_trip(window);
    CHECK(window.size() == 1);
}

TEST_CASE("request window: connections are opened where those in use would take longer")
{
    CHECK(is_worth_connecting(1, 0, 2));
    CHECK_FALSE(is_worth_connecting(16, 16, 1));
    CHECK(is_worth_connecting(17, 16, 1));
    CHECK_FALSE(is_worth_connecting(32, 16, 2));
    CHECK(is_worth_connecting(33, 16, 2));
}
