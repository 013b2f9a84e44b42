/// \file
/// Where the stored chunks of a dataset are, by their place in the chunk grid.

#pragma once

#include <lindi/core/limits.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace lindi::node {

/// A chunk that was written.
struct stored_chunk {
    std::uint64_t offset = 0;       ///< first byte in the file, counted from the start of the file
    std::uint64_t size = 0;         ///< stored bytes, after the filters ran
    std::uint32_t filter_mask = 0;  ///< bit i: filter i of the pipeline was skipped
};

/// A chunk that the index has although it lies outside the dataset, as some old writers left them.
/// Its elements are not part of the data.
struct outside_chunk {
    std::vector<std::uint64_t> position;  ///< shape [rank]: in chunks
    stored_chunk chunk;
};

/// Chunks are numbered in C order over the grid: dimension i has ceil(extent / chunk extent) of
/// them. Dense tables keep 8 bytes a chunk and 4 more for sizes that differ (8 from 4 GiB on),
/// masks only if any is set; sparse ones 8 more for the number. Never a string, never a node per
/// chunk.
class chunk_table {
public:
    chunk_table() = default;

    /// \param grid         chunks per dimension, shape [rank]; the product fits 64 bits
    /// \param fixed_size   stored bytes of every chunk, for unfiltered datasets
    /// \param dense        keep a slot for every chunk of the grid
    chunk_table(
        std::vector<std::uint64_t> grid, std::optional<std::uint64_t> fixed_size, bool dense
    );

    std::span<std::uint64_t const> grid() const noexcept { return grid_; }
    std::uint64_t grid_size() const noexcept { return grid_size_; }
    std::uint64_t count() const noexcept { return count_; }  ///< stored chunks of the grid
    bool any_mask() const noexcept { return !masks_.empty(); }
    /// Of the chunks of the grid: the fewest stored bytes; all ones when there is none.
    std::uint64_t least_size() const noexcept { return least_size_; }
    /// Of the chunks of the grid: where the last one ends, in the file.
    std::uint64_t end() const noexcept { return end_; }
    /// Bytes that the table keeps.
    std::uint64_t memory() const noexcept;

    /// \pre number < grid_size(); in sparse tables each number once (`finish` tells)
    /// \return false when a dense table has that chunk already
    bool add(std::uint64_t number, stored_chunk const& chunk);
    void add_outside(outside_chunk chunk) { outside_.push_back(std::move(chunk)); }
    std::span<outside_chunk const> outside() const noexcept { return outside_; }
    /// Sorts a sparse table. \return false when it had a number twice
    bool finish();

    /// The chunk of that number, if it was stored. \pre finish() was called
    std::optional<stored_chunk> find(std::uint64_t number) const noexcept;

    /// Calls `visit(number, stored_chunk)` for every stored chunk, numbers ascending.
    template <class Visit>
    void for_each(Visit&& visit) const
    {
        if (dense_) {
            for (std::uint64_t n = 0; n < offsets_.size(); ++n)
                if (offsets_[n] != absent)
                    visit(n, at(n));
        } else {
            for (std::size_t i = 0; i < numbers_.size(); ++i)
                visit(numbers_[i], at(i));
        }
    }

private:
    static constexpr std::uint64_t absent = ~std::uint64_t{0};

    stored_chunk at(std::size_t slot) const noexcept
    {
        auto const size = fixed_size_          ? *fixed_size_
                          : big_sizes_.empty() ? sizes_[slot]
                                               : big_sizes_[slot];
        return {offsets_[slot], size, masks_.empty() ? 0 : masks_[slot]};
    }
    void put_size(std::size_t slot, std::uint64_t size);
    void put_mask(std::size_t slot, std::uint32_t mask);

    std::vector<std::uint64_t> grid_;
    std::uint64_t grid_size_ = 0;
    std::uint64_t count_ = 0;
    std::uint64_t least_size_ = ~std::uint64_t{0};
    std::uint64_t end_ = 0;
    std::optional<std::uint64_t> fixed_size_;
    bool dense_ = true;
    std::vector<std::uint64_t> numbers_;  ///< sparse: of each slot
    std::vector<std::uint64_t> offsets_;
    std::vector<std::uint32_t> sizes_;  ///< unless fixed, or one needs more than 32 bits
    std::vector<std::uint64_t> big_sizes_;
    std::vector<std::uint32_t> masks_;  ///< empty as long as all are 0
    std::vector<outside_chunk> outside_;
};

}  // namespace lindi::node
