#include <lindi/net/link_estimate.hpp>

#include <doctest/doctest.h>

using namespace lindi::net;

TEST_CASE("link estimate: the first round trip replaces the guess, then the shortest counts")
{
    link_estimate of;
    observe_round_trip(of, 0.2);
    CHECK(of.round_trip == doctest::Approx(0.2));
    observe_round_trip(of, 0.4);
    CHECK(of.round_trip < 0.21);
    observe_round_trip(of, 0.1);
    CHECK(of.round_trip == doctest::Approx(0.1));
    // A way that has become longer is believed after a while.
    for (int i = 0; i < 200; ++i)
        observe_round_trip(of, 0.3);
    CHECK(of.round_trip > 0.25);
}

TEST_CASE("link estimate: small and sudden bodies say nothing about bandwidth")
{
    link_estimate of;
    of.round_trip = 0.1;
    auto const guess = of.bandwidth;
    observe_bandwidth(of, 1000, 0.5);
    CHECK(of.bandwidth == guess);
    observe_bandwidth(of, 1'000'000, 0.02);
    CHECK(of.bandwidth == guess);
    observe_bandwidth(of, 1'000'000, 0.5);
    CHECK(of.bandwidth == doctest::Approx(2e6));
}

TEST_CASE("link estimate: what a round trip is worth")
{
    link_estimate of;
    of.round_trip = 0.05;
    of.bandwidth = 12.5e6;
    CHECK(round_trip_bytes(of) == 625'000);
    of.bandwidth = 1e11;
    CHECK(round_trip_bytes(of) == 64 * 1024 * 1024);
}

TEST_CASE("link estimate: a gap is worth its part of a round trip")
{
    link_estimate of;
    of.round_trip = 0.05;
    of.bandwidth = 12.5e6;
    CHECK(worthwhile_gap(of, 16) == 39'062);
    CHECK(worthwhile_gap(of, 1) == 625'000);
}

TEST_CASE("link estimate: absurd measurements stay within bounds")
{
    link_estimate of;
    observe_round_trip(of, 1e9);
    observe_bandwidth(of, ~std::uint64_t{0}, 1e-5);
    CHECK(worthwhile_gap(of, 0) <= 1024 * 1024);
    CHECK(worthwhile_split(of) <= 8 * 1024 * 1024);
    link_estimate slow;
    observe_round_trip(slow, 0);
    observe_bandwidth(slow, 40'000, 1e9);
    CHECK(worthwhile_gap(slow, 16) >= 4096);
    CHECK(worthwhile_split(slow) >= 256 * 1024);
}
