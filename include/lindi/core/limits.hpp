/// \file
/// Budgets for files that nobody vouches for.

#pragma once

#include <lindi/core/error.hpp>

#include <chrono>
#include <cstdint>
#include <utility>

namespace lindi {

/// What one file may cost. Running out is an ordinary error, `errc::too_large`, that names the
/// limit. The defaults let every sound file through that a 2-core machine can reasonably index.
struct limits {
    std::uint64_t bytes_read = std::uint64_t{1} << 40;  ///< asked of the source, in all
    /// Bytes that one walk over the whole file may ask for, as a multiple of the file's size; 64
    /// MiB are free. Sound files need a few: this is what stops small files in which everything
    /// leads to everything.
    std::uint64_t walk_factor = 64;
    std::uint64_t memory = std::uint64_t{2} << 30;  ///< bytes held for the graph and its data
    std::uint64_t objects = 50'000'000;             ///< groups, datasets and committed types
    std::uint64_t links = 100'000'000;
    std::uint64_t attributes = 100'000'000;
    std::uint64_t chunks = 200'000'000;                       ///< stored chunks of one dataset
    std::uint64_t attribute_bytes = std::uint64_t{64} << 20;  ///< of one attribute's value
    std::uint64_t decoded_chunk = std::uint64_t{1}
                                  << 30;  ///< of one chunk after its filters ran backwards
    std::uint64_t inline_bytes = std::uint64_t{64}
                                 << 20;                   ///< of one dataset read into a LINDI file
    std::uint64_t output_bytes = std::uint64_t{4} << 30;  ///< of the LINDI file
    unsigned other_files = 512;                           ///< opened for one file, by option only
    unsigned tree_levels = 64;                            ///< of a B-tree or heap
    unsigned type_nesting = 32;                           ///< of a datatype in a datatype
    unsigned header_blocks = 65'536;                      ///< continuations of one object header
    std::chrono::milliseconds time = std::chrono::hours(24);
};

/// What is left of `limits` for one file. One executor uses it, so there are no locks.
class budget {
public:
    explicit budget(limits const& max);

    lindi::limits const& max() const noexcept { return max_; }

    [[nodiscard]] result<void> spend_bytes(std::uint64_t count, std::uint64_t at);
    [[nodiscard]] result<void> spend_memory(std::uint64_t count, std::uint64_t at);
    void return_memory(std::uint64_t count) noexcept
    {
        memory_ -= count < memory_ ? count : memory_;
    }
    [[nodiscard]] result<void> spend_objects(std::uint64_t count, std::uint64_t at);
    [[nodiscard]] result<void> spend_links(std::uint64_t count, std::uint64_t at);
    [[nodiscard]] result<void> spend_attributes(std::uint64_t count, std::uint64_t at);
    /// Fails once `max().time` has passed since construction.
    [[nodiscard]] result<void> check_time() const;

    /// From now on no more than `count` further bytes, until `end_walk`. Limits of their own stay.
    void begin_walk(std::uint64_t count) noexcept;
    void end_walk() noexcept { bytes_bound_ = max_.bytes_read; }

private:
    lindi::limits max_;
    std::uint64_t bytes_ = 0;
    std::uint64_t bytes_bound_;
    std::uint64_t memory_ = 0;
    std::uint64_t objects_ = 0;
    std::uint64_t links_ = 0;
    std::uint64_t attributes_ = 0;
    std::chrono::steady_clock::time_point start_;
};

/// Memory that is spent only while this lives.
class memory_lease {
public:
    /// \param from  outlives the lease
    explicit memory_lease(budget& from) noexcept : from_(&from) {}
    memory_lease(memory_lease&& other) noexcept
        : from_(other.from_), taken_(std::exchange(other.taken_, 0))
    {}
    memory_lease& operator=(memory_lease&& other) noexcept
    {
        std::swap(from_, other.from_);
        std::swap(taken_, other.taken_);
        return *this;
    }
    ~memory_lease() { from_->return_memory(taken_); }

    [[nodiscard]] result<void> take(std::uint64_t count, std::uint64_t at)
    {
        auto const spent = from_->spend_memory(count, at);
        if (spent)
            taken_ += count;
        return spent;
    }
    /// What was taken stays spent.
    void keep() noexcept { taken_ = 0; }

private:
    budget* from_;
    std::uint64_t taken_ = 0;
};

}  // namespace lindi
