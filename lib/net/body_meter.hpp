/// \file
/// Measuring the bandwidth of a server.

#pragma once

#include "client_state.hpp"

#include <chrono>

namespace lindi::net {

/// Counts the bytes of bodies while any is on its way: the bandwidth of all connections together.
class body_meter {
public:
    explicit body_meter(host_pool& of) : of_(&of)
    {
        if (of_->bodies++ == 0) {
            of_->body_bytes = 0;
            of_->bodies_since = std::chrono::steady_clock::now();
        }
    }
    body_meter(body_meter const&) = delete;
    body_meter& operator=(body_meter const&) = delete;
    ~body_meter()
    {
        if (--of_->bodies != 0)
            return;
        auto const time = std::chrono::steady_clock::now() - of_->bodies_since;
        observe_bandwidth(
            of_->estimate, of_->body_bytes, std::chrono::duration<double>(time).count()
        );
    }
    /// Long bodies are measured while they come.
    void add(std::size_t count)
    {
        of_->body_bytes += count;
        auto const now = std::chrono::steady_clock::now();
        std::chrono::duration<double> const time = now - of_->bodies_since;
        if (time.count() < of_->estimate.round_trip)
            return;
        observe_bandwidth(of_->estimate, of_->body_bytes, time.count());
        of_->body_bytes = 0;
        of_->bodies_since = now;
    }

private:
    host_pool* of_;
};

}  // namespace lindi::net
