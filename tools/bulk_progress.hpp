/// \file
/// How far a bulk job has come: a line on a terminal, now and then a line in a log, and events.

#pragma once

#include "environment.hpp"

#include <lindi/bulk/run.hpp>

#include <array>
#include <chrono>
#include <fstream>
#include <mutex>

namespace lindi::tools {

/// Counts so far.
struct bulk_counts {
    std::uint64_t assets = 0;  ///< to do, when the run began
    std::uint64_t done = 0;
    std::uint64_t failed = 0;
    std::uint64_t retried = 0;  ///< blobs
    std::uint64_t blobs = 0;    ///< done
    std::uint64_t in_work = 0;  ///< blobs
    std::uint64_t bytes = 0;
    std::uint64_t requests = 0;
    double seconds = 0;                                              ///< since the run began
    std::array<std::uint64_t, bulk::failure_kind_count> failures{};  ///< blobs
};

/// Safe for all threads.
class bulk_progress {
public:
    bulk_progress(std::string_view command, std::uint64_t assets, environment& env);
    ~bulk_progress();
    bulk_progress(bulk_progress const&) = delete;
    bulk_progress& operator=(bulk_progress const&) = delete;

    /// Appends events as lines of JSON to a file. \return errc::io
    result<void> open_events(std::string const& path);
    void note(bulk::run_event const& event);
    bulk_counts counts() const;

private:
    using clock = std::chrono::steady_clock;

    void count(bulk::run_event const& event);
    void tell_failure(bulk::run_event const& event);
    void show(bool is_over);
    double seconds() const;

    std::string_view command_;
    environment* env_;
    std::ofstream events_;
    mutable std::mutex guard_;
    bulk_counts counts_;
    clock::time_point start_ = clock::now();
    clock::time_point next_;
    bool is_shown_ = false;
};

/// For --metrics: Prometheus' text format.
std::string metrics_text(bulk_counts const& counts);

}  // namespace lindi::tools
