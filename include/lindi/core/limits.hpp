/// \file
/// Budgets for files that nobody vouches for.

#pragma once

#include <lindi/core/error.hpp>

#include <chrono>
#include <cstdint>

namespace lindi {

/// What one file may cost. Running out is an ordinary error, `errc::too_large`, that names the
/// limit. The defaults let every sound file through that a 2-core machine can reasonably index.
struct limits {
    std::uint64_t bytes_read = std::uint64_t{1} << 40;  ///< asked of the source, in all
    std::uint64_t memory = std::uint64_t{2} << 30;      ///< bytes held for the graph and its data
    std::uint64_t objects = 50'000'000;                 ///< groups, datasets and committed types
    std::uint64_t links = 100'000'000;
    std::uint64_t attributes = 100'000'000;
    std::uint64_t chunks = 200'000'000;                       ///< stored chunks of one dataset
    std::uint64_t attribute_bytes = std::uint64_t{64} << 20;  ///< of one attribute's value
    std::uint64_t decoded_chunk = std::uint64_t{1}
                                  << 30;  ///< of one chunk after its filters ran backwards
    std::uint64_t inline_bytes = std::uint64_t{64}
                                 << 20;                   ///< of one dataset read into a LINDI file
    std::uint64_t output_bytes = std::uint64_t{4} << 30;  ///< of the LINDI file
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

private:
    lindi::limits max_;
    std::uint64_t bytes_ = 0;
    std::uint64_t memory_ = 0;
    std::uint64_t objects_ = 0;
    std::uint64_t links_ = 0;
    std::uint64_t attributes_ = 0;
    std::chrono::steady_clock::time_point start_;
};

}  // namespace lindi
