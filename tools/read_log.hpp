/// \file
/// What was read of a file, when, and what for.

#pragma once

#include "range_union.hpp"

#include <lindi/io/read_observer.hpp>
#include <lindi/net/request_seen.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace lindi::tools {

/// Whether the answer was that the bytes are elsewhere.
inline bool is_redirect(net::request_seen const& request) noexcept
{
    return request.status / 100 == 3;
}

class read_log final : public io::read_observer {
public:
    using clock = std::chrono::steady_clock;

    /// One flush of a reader.
    struct wave {
        clock::time_point start{};
        std::vector<io::wanted_range> wanted{};  ///< by offset
        std::uint64_t largest = 0;               ///< size of one of them
    };
    struct phase {
        char const* name = "";
        clock::time_point start{};
    };

    read_log() : start_(clock::now()) {}

    void on_read(io::wanted_range const& wanted) override { read_.add(wanted.range); }
    void on_wave(std::vector<io::wanted_range> const& wanted) override;
    void on_request(net::request_seen const& request);
    /// From now on this is done. \param name  a literal
    void begin(char const* name) { phases_.push_back({name, clock::now()}); }

    clock::time_point start() const noexcept { return start_; }
    std::vector<wave> const& waves() const noexcept { return waves_; }
    std::vector<net::request_seen> const& requests() const noexcept { return requests_; }
    std::vector<phase> const& phases() const noexcept { return phases_; }
    range_union const& read() const noexcept { return read_; }
    range_union const& fetched() const noexcept { return fetched_; }

    /// The wave that a request belongs to, counted from 1; 0: it came before all of them.
    std::size_t wave_of(net::request_seen const& request) const;
    /// The structures that a request brought: "object header x3, local heap".
    std::string purpose_of(net::request_seen const& request) const;

private:
    clock::time_point start_;
    std::vector<wave> waves_;
    std::vector<net::request_seen> requests_;
    std::vector<phase> phases_;
    range_union read_;
    range_union fetched_;
};

}  // namespace lindi::tools
