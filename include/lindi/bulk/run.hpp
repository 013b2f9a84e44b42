/// \file
/// Indexes what a plan says, many blobs at a time, and keeps the journal.

#pragma once

#include <lindi/bulk/plan.hpp>
#include <lindi/bulk/settings.hpp>

namespace lindi::bulk {

/// Something that happened to one unit.
struct run_event {
    enum class what : unsigned char {
        started,
        done,
        retried,  ///< failed, and to be tried again
        failed,
    };

    what is = what::started;
    std::string blob{};
    dandi::asset asset{};      ///< one of those that share the blob
    std::uint64_t assets = 0;  ///< that share it, and are in this unit
    double seconds = 0;
    std::uint64_t bytes = 0;  ///< read
    std::uint64_t requests = 0;
    std::uint64_t objects = 0;
    std::uint64_t problems = 0;  ///< objects that are not in the index
    bool was_indexed = false;    ///< the index was there: only outputs were written
    failure_kind kind = failure_kind::network;
    std::string cause{};  ///< in words, of failures
};

/// Called by one thread at a time.
using run_observer = std::function<void(run_event const&)>;

/// What a run works with. All of it outlives the run.
struct run_parts {
    bulk::journal& journal;
    output_store& output;
    output_layout const& layout;
    net::client_thread* client = nullptr;  ///< null: no URLs
    std::string spool{};                   ///< folder of its own, on the file system of the output
};

struct run_totals {
    std::uint64_t blobs_done = 0;
    std::uint64_t blobs_failed = 0;
    std::uint64_t assets_done = 0;
    std::uint64_t assets_failed = 0;
    std::uint64_t problems = 0;  ///< objects that are not in an index
    bool was_stopped = false;
};

/// \param stop  ends it when what is in work is done
/// \return what was done; or errc::io when the journal or the spool cannot be written
result<run_totals>
run(run_parts parts,
    std::vector<unit> units,
    run_options const& how,
    stop_wish const& stop,
    run_observer const& tell);

}  // namespace lindi::bulk
