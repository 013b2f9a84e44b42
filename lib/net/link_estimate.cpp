#include <lindi/net/link_estimate.hpp>

#include <algorithm>

namespace lindi::net {
namespace {

/// The first observations replace the guess, later ones change it slowly.
double blended(double old, double seen, unsigned count)
{
    double const weight = count == 0 ? 1.0 : count == 1 ? 0.5 : 0.2;
    return old + (seen - old) * weight;
}

constexpr std::uint64_t smallest_gap = 4096;  // the heads of a request and its answer take some
constexpr std::uint64_t largest_gap = 1024 * 1024;
constexpr std::uint64_t smallest_part = 256 * 1024;
constexpr std::uint64_t largest_part = 8 * 1024 * 1024;

}  // namespace

void observe_round_trip(link_estimate& of, double seconds)
{
    constexpr double shortest = 1e-5;
    constexpr double longest = 10;
    constexpr double forgetting = 0.02;  // of a way that became longer
    auto const seen = std::clamp(seconds, shortest, longest);
    bool const is_shorter = of.round_trips_seen++ == 0 || seen < of.round_trip;
    of.round_trip = is_shorter ? seen : of.round_trip + (seen - of.round_trip) * forgetting;
}

void observe_bandwidth(link_estimate& of, std::uint64_t bytes, double seconds)
{
    constexpr std::uint64_t telling = 32 * 1024;
    constexpr double shortest = 1e-6;
    constexpr double telling_part = 0.25;  // of a round trip
    constexpr double slowest = 1e3;
    constexpr double fastest = 1e11;
    if (bytes < telling || seconds < std::max(shortest, of.round_trip * telling_part))
        return;
    auto const seen = std::clamp(static_cast<double>(bytes) / seconds, slowest, fastest);
    of.bandwidth = blended(of.bandwidth, seen, of.bandwidths_seen++);
}

std::uint64_t worthwhile_gap(link_estimate const& of, unsigned connections)
{
    auto const gap = of.round_trip * of.bandwidth / std::max(connections, 1U);
    return std::clamp(static_cast<std::uint64_t>(gap), smallest_gap, largest_gap);
}

std::uint64_t round_trip_bytes(link_estimate const& of)
{
    constexpr double most = 64 * 1024 * 1024;
    return static_cast<std::uint64_t>(std::min(of.round_trip * of.bandwidth, most));
}

std::uint64_t worthwhile_split(link_estimate const& of)
{
    // A part should take about four round trips, or the waiting between requests shows.
    constexpr double round_trips = 4;
    auto const part = round_trips * of.round_trip * of.bandwidth;
    return std::clamp(static_cast<std::uint64_t>(part), smallest_part, largest_part);
}

}  // namespace lindi::net
