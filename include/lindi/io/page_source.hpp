/// \file
/// A source in front of a slower one: remembers aligned pages, and reads missing ones in long runs.

#pragma once

#include <lindi/io/source.hpp>

#include <list>
#include <memory>
#include <unordered_map>

namespace lindi::io {

struct page_options {
    std::uint64_t page_size = 16 * 1024;         ///< bytes, a power of two
    std::uint64_t capacity = 128 * 1024 * 1024;  ///< bytes of pages kept; the least recently used go first
    /// Gaps of at most this many bytes between missing pages are read too, so that they are resident later.
    /// Nothing: as many as the source below says a request costs now.
    std::optional<std::uint64_t> merge_gap{};
    /// Missing runs shorter than this are lengthened to it, as far as the file goes.
    std::uint64_t read_ahead = 64 * 1024;
    /// Ranges of at least this many bytes are passed on as they are and not remembered.
    std::uint64_t direct = 1024 * 1024;
};

class page_source final : public source {
public:
    explicit page_source(std::unique_ptr<source> below, page_options options = {});

    std::string const& name() const noexcept override { return below_->name(); }
    std::uint64_t size() const noexcept override { return below_->size(); }
    std::optional<block> resident(byte_range range) override;
    void fetch(std::vector<byte_range> wave, on_answers done) override;
    void wait() override { below_->wait(); }
    source_stats stats() const noexcept override { return below_->stats(); }
    read_cost cost() const noexcept override { return below_->cost(); }

private:
    /// A page is a part of the run it came in; neighbours of one run need no copying.
    struct page {
        std::shared_ptr<void const> owner;
        std::span<std::byte const> bytes;
        std::list<std::uint64_t>::iterator use;
    };
    /// Page numbers [first, last].
    struct page_run {
        std::uint64_t first;
        std::uint64_t last;
    };

    std::vector<page_run> missing_runs(std::vector<byte_range> const& wave) const;
    byte_range bytes_of(page_run run) const noexcept;
    void remember(block const& run);
    void evict();
    result<block> answer(byte_range range, answers const& fetched) const;

    std::unique_ptr<source> below_;
    page_options options_;
    std::unordered_map<std::uint64_t, page> pages_;
    std::list<std::uint64_t> uses_;  ///< page numbers, latest use first
};

}  // namespace lindi::io
