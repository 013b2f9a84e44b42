/// \file
/// A source in front of a slower one: remembers aligned pages, and reads missing ones in long runs.

#pragma once

#include <lindi/io/source.hpp>

#include <list>
#include <memory>
#include <unordered_map>

namespace lindi::io {

struct page_options {
    std::uint64_t page_size = 16 * 1024;  ///< bytes, a power of two
    /// Bytes of pages kept; the least recently used go first.
    std::uint64_t capacity = 128 * 1024 * 1024;
    /// Gaps of at most this many bytes between missing pages are read too, so that they are
    /// resident later. Nothing: as many as the source below says a request costs now.
    std::optional<std::uint64_t> merge_gap{};
    /// Missing runs shorter than this are lengthened to it, as far as the file goes and as long as
    /// all of a wave together stay within the capacity.
    std::uint64_t read_ahead = 64 * 1024;
    /// Ranges of at least this many bytes are passed on as they are and not remembered. No run is
    /// made longer.
    std::uint64_t direct = 1024 * 1024;
    /// A file that comes whole in this many round trips of the source below is read at once when
    /// the first page is missing: chains of addresses are longer. No more than the capacity.
    unsigned whole_file_round_trips = 4;
};

class page_source final : public source {
public:
    explicit page_source(std::unique_ptr<source> below, page_options options = {});

    std::string const& name() const noexcept override { return below_->name(); }
    std::uint64_t size() const noexcept override { return below_->size(); }
    std::optional<block> resident(byte_range range) override;
    void fetch(std::vector<byte_range> wave, on_answers done) override;
    void wait() override { below_->wait(); }
    bool remembers() const noexcept override { return true; }
    source_stats stats() const noexcept override { return below_->stats(); }
    read_cost cost() const noexcept override { return below_->cost(); }

private:
    /// Page numbers [first, last].
    struct page_run {
        std::uint64_t first;
        std::uint64_t last;
    };
    /// The bytes of a run, kept and let go as a whole: its pages share one buffer, so that
    /// neighbours need no copying.
    struct kept_run {
        block bytes;
        page_run pages;
    };
    using run_list = std::list<kept_run>;

    bool has(std::uint64_t number);
    std::vector<page_run> wanted_runs(std::vector<byte_range> const& wave);
    std::vector<page_run> missing_runs(std::vector<byte_range> const& wave);
    std::vector<page_run> merged_runs(std::vector<page_run> const& wanted) const;
    std::vector<page_run> rest_of_file();
    std::vector<kept_run> runs_behind(std::vector<byte_range> const& wave) const;
    void keep_again(std::vector<kept_run> const& runs);
    byte_range bytes_of(page_run run) const noexcept;
    std::span<std::byte const> page(std::uint64_t number) const;
    void remember(page_run run, block bytes);
    void evict();
    result<block>
    answer(byte_range range, std::vector<page_run> const& runs, answers const& fetched);

    std::unique_ptr<source> below_;
    page_options options_;
    run_list runs_;                                                ///< latest use first
    std::uint64_t kept_ = 0;                                       ///< bytes of all runs
    bool was_whole_ = false;                                       ///< the whole file was asked for
    std::unordered_map<std::uint64_t, run_list::iterator> pages_;  ///< by page number
};

}  // namespace lindi::io
