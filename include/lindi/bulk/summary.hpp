/// \file
/// What a journal comes to: counts, and a line for each asset.

#pragma once

#include <lindi/bulk/journal.hpp>
#include <lindi/bulk/output.hpp>

#include <array>

namespace lindi::bulk {

struct job_summary {
    std::uint64_t assets = 0;       ///< that are there
    std::uint64_t assets_done = 0;  ///< with an output
    std::uint64_t assets_gone = 0;
    std::uint64_t blobs = 0;
    std::array<std::uint64_t, 4> states{};                          ///< of blobs, by blob_state
    std::array<std::uint64_t, failure_kind_count> failures{};       ///< blobs, by kind
    std::array<std::uint64_t, failure_kind_count> failed_assets{};  ///< that are there
    std::uint64_t bytes = 0;                                        ///< read for what is done
    std::uint64_t requests = 0;
    double seconds = 0;  ///< of work on blobs, all together
    std::uint64_t problems = 0;
};

job_summary summarize(journal const& in);

/// index.ndjson: a line of JSON for each asset with an output, with its neurodata types. In the
/// order of the keys.
/// \return or what `put` returned
result<void> write_index(
    journal const& in,
    output_layout const& layout,
    std::function<result<void>(std::string_view)> const& put
);

/// Takes over everything that another journal knows. What both know, the later listing decides.
/// \return errc::io
result<void> merge_journal(journal& into, journal const& from);

}  // namespace lindi::bulk
