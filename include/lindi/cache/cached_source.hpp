/// \file
/// A source in front of a remote one: ranges that the store has need no request, others are kept in
/// it.

#pragma once

#include <lindi/cache/store.hpp>
#include <lindi/io/source.hpp>

#include <memory>

namespace lindi::cache {

/// What the cache did for one source.
struct cached_stats {
    std::uint64_t hits = 0;    ///< ranges answered from the store
    std::uint64_t misses = 0;  ///< ranges that went below
};

class cached_source final : public io::source {
public:
    /// \param below  its bytes are those of `content`, whatever its name is; null: nothing but the
    /// store is read,
    ///   and what it lacks is errc::not_found
    /// \param name, size  of the file
    cached_source(
        std::unique_ptr<io::source> below,
        std::shared_ptr<store> in,
        content_key content,
        std::string name,
        std::uint64_t size
    );

    std::string const& name() const noexcept override { return name_; }
    std::uint64_t size() const noexcept override { return size_; }
    std::optional<block> resident(io::byte_range range) override;
    /// Missing ranges are merged by what a request costs below, and kept with the gaps between
    /// them.
    void fetch(std::vector<io::byte_range> wave, io::on_answers done) override;
    void wait() override;
    io::source_stats stats() const noexcept override;
    /// Hits cost nothing: sources in front need not merge, this one does it for the misses. Nor
    /// does a round trip as long as hits are expected.
    io::read_cost cost() const noexcept override
    {
        bool const hits_only = !below_ || (expects_hits_ && cached_.misses == 0);
        return {0, hits_only ? 0 : below_->cost().round_trip};
    }
    /// The file was read before: until something is missing, there is no reason to read more of it
    /// than is wanted.
    void expect_hits() noexcept { expects_hits_ = true; }

    cached_stats const& cache_stats() const noexcept { return cached_; }
    /// Whether there is no source below.
    bool is_alone() const noexcept { return below_ == nullptr; }

private:
    void fetch_missing(
        std::vector<io::byte_range> wave,
        std::vector<std::size_t> missing,
        io::answers have,
        io::on_answers done
    );

    std::unique_ptr<io::source> below_;
    std::shared_ptr<store> store_;
    content_key content_;
    std::string name_;
    std::uint64_t size_;
    cached_stats cached_;
    bool expects_hits_ = false;
};

}  // namespace lindi::cache
