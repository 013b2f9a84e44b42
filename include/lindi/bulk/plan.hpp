/// \file
/// From a listing to what there is to do.

#pragma once

#include <lindi/bulk/journal.hpp>
#include <lindi/dandi/source.hpp>

namespace lindi::bulk {

/// Whether somebody wants it to end. Asked often, by any thread.
using stop_wish = std::function<bool()>;

/// One of several programs that share a job. Blobs belong to the same one as long as the count is
/// the same.
struct shard {
    unsigned index = 0;
    unsigned count = 1;

    bool has(std::string_view blob_key) const noexcept
    {
        return stable_hash(blob_key) % count == index;
    }
};

struct listing_report {
    std::uint64_t assets = 0;       ///< told by the source, of this shard
    std::uint64_t gone = 0;         ///< known before, and not any more
    std::vector<error> problems{};  ///< parts that could not be listed, or only in part
};

/// Asks a source for everything it has and notes it in the journal.
/// \param threads  parts that are listed at the same time
/// \param stop     ends it early
/// \return what was listed; or why nothing could be
result<listing_report> take_listing(
    journal& into,
    dandi::asset_source& from,
    shard of,
    unsigned threads,
    stop_wish const& stop,
    std::function<void(std::uint64_t assets)> const& on_progress
);

/// What is done in one go: the assets that share a blob.
struct unit {
    std::string blob{};                 ///< key
    std::vector<std::string> assets{};  ///< keys of those without an output that is right
    std::string dandiset{};
    std::uint64_t size = 0;
    std::uint64_t number = 0;  ///< of the first asset in the listing
    unsigned interruptions = 0;
    bool has_index = false;    ///< the output of another asset has it already
    std::uint64_t memory = 0;  ///< that it may hold in its next attempt; the queue sets it
};

enum class unit_order {
    fair,     ///< one of each dandiset in turn
    largest,  ///< first
    listed,
};

struct work_plan {
    std::vector<unit> units{};
    std::uint64_t assets = 0;         ///< that are there
    std::uint64_t assets_done = 0;    ///< of these, with an output that is right
    std::uint64_t assets_failed = 0;  ///< and that will not be tried again by themselves
    std::uint64_t blobs = 0;
};

/// Blobs that were in work when an earlier process ended are to do again.
/// \return how many; or errc::io
result<std::uint64_t> settle_interrupted(journal& in);

/// \param recipe  indexing_options::recipe: what was made with another one is made again
work_plan make_plan(journal const& in, std::string const& recipe, unit_order order);

/// Makes failed blobs to do again.
/// \param kind  only those that failed for this reason; nothing: all
/// \return how many
result<std::uint64_t> forget_failures(journal& in, std::optional<failure_kind> kind);

}  // namespace lindi::bulk
