/// \file
/// One request as it went: for statistics and traces.

#pragma once

#include <lindi/io/byte_range.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace lindi::net {

struct request_seen {
    using time = std::chrono::steady_clock::time_point;

    std::string url{};       ///< without a signature
    io::byte_range range{};  ///< that was asked for
    time wanted{};           ///< when a connection was looked for
    time sent{};             ///< when there was one
    time answered{};         ///< when the head of the answer was here
    time ended{};
    unsigned status = 0;      ///< 0: no answer
    std::uint64_t bytes = 0;  ///< of the body, when it was what had been asked for
    std::string failed{};     ///< why not; empty when all went well, and for redirects
};

/// Called on the client's thread when a request has ended, however it did.
using request_observer = std::function<void(request_seen const&)>;

}  // namespace lindi::net
