/// \file
/// What the way to a host costs, learnt from the requests themselves.

#pragma once

#include <cstdint>

namespace lindi::net {

/// Seconds and bytes per second; starts from a guess of a good connection over some distance.
struct link_estimate {
    double round_trip = 0.05;
    double bandwidth = 12.5e6;  ///< of all connections together
    unsigned round_trips_seen = 0;
    unsigned bandwidths_seen = 0;
};

/// Takes in the time from a request to the first byte of its answer. The shortest ones count: the
/// others stood in a line somewhere, and more requests at a time would not help them.
void observe_round_trip(link_estimate& of, double seconds);

/// Takes in bytes that came while at least one body was on its way. Too few say nothing about
/// bandwidth, nor do those that came in much less than a round trip: they lay in a buffer.
void observe_bandwidth(link_estimate& of, std::uint64_t bytes, double seconds);

/// Bytes that may lie unwanted between two wanted ranges before two requests are cheaper than one:
/// with `connections` requests at a time, each takes that part of a round trip.
std::uint64_t worthwhile_gap(link_estimate const& of, unsigned connections);

/// Bytes that come in the time of a round trip.
std::uint64_t round_trip_bytes(link_estimate const& of);

/// Bytes from which a range is worth more than one connection.
std::uint64_t worthwhile_split(link_estimate const& of);

}  // namespace lindi::net
