#include <lindi/core/checked.hpp>
#include <lindi/node/chunk_table.hpp>

#include <algorithm>
#include <limits>
#include <numeric>

namespace lindi::node {
namespace {

/// Puts items[order[i]] at i.
template <class T>
void reorder(std::vector<T>& items, std::vector<std::uint32_t> const& order)
{
    if (items.empty())
        return;
    std::vector<T> sorted;
    sorted.reserve(items.size());
    for (auto const from : order)
        sorted.push_back(items[from]);
    items = std::move(sorted);
}

template <class T>
std::uint64_t bytes_of(std::vector<T> const& items)
{
    return items.capacity() * sizeof(T);
}

}  // namespace

chunk_table::chunk_table(
    std::vector<std::uint64_t> grid, std::optional<std::uint64_t> fixed_size, bool dense
)
    : grid_(std::move(grid)), grid_size_(checked_product(grid_).value_or(0)),
      fixed_size_(fixed_size), dense_(dense)
{
    if (!dense_)
        return;
    offsets_.assign(static_cast<std::size_t>(grid_size_), absent);
    if (!fixed_size_)
        sizes_.assign(offsets_.size(), 0);
}

std::uint64_t chunk_table::memory() const noexcept
{
    return bytes_of(numbers_) + bytes_of(offsets_) + bytes_of(sizes_) + bytes_of(big_sizes_) +
           bytes_of(masks_);
}

inline void chunk_table::put_size(std::size_t slot, std::uint64_t size)
{
    if (fixed_size_)
        return;
    if (big_sizes_.empty() && size > std::numeric_limits<std::uint32_t>::max()) {
        big_sizes_.assign(sizes_.begin(), sizes_.end());
        sizes_ = std::vector<std::uint32_t>();  // `= {}` would keep the memory
    }
    bool const big =
        !big_sizes_.empty() || (sizes_.empty() && size > std::numeric_limits<std::uint32_t>::max());
    if (big) {
        if (slot >= big_sizes_.size())
            big_sizes_.resize(slot + 1);
        big_sizes_[slot] = size;
    } else {
        if (slot >= sizes_.size())
            sizes_.push_back(0);
        sizes_[slot] = static_cast<std::uint32_t>(size);
    }
}

inline void chunk_table::put_mask(std::size_t slot, std::uint32_t mask)
{
    if (mask == 0)
        return;
    if (masks_.size() < offsets_.size())
        masks_.resize(offsets_.size(), 0);
    masks_[slot] = mask;
}

bool chunk_table::add(std::uint64_t number, stored_chunk const& chunk)
{
    std::size_t slot = static_cast<std::size_t>(number);
    if (dense_) {
        if (offsets_[slot] != absent)
            return false;
        offsets_[slot] = chunk.offset;
    } else {
        slot = offsets_.size();
        numbers_.push_back(number);
        offsets_.push_back(chunk.offset);
        if (!masks_.empty())
            masks_.push_back(0);
    }
    put_size(slot, chunk.size);
    put_mask(slot, chunk.filter_mask);
    auto const size = fixed_size_.value_or(chunk.size);
    least_size_ = std::min(least_size_, size);
    end_ = std::max(end_, checked_add(chunk.offset, size).value_or(~std::uint64_t{0}));
    ++count_;
    return true;
}

bool chunk_table::finish()
{
    if (dense_ || std::is_sorted(numbers_.begin(), numbers_.end(), std::less_equal<>()))
        return true;
    std::vector<std::uint32_t> order(numbers_.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return numbers_[a] < numbers_[b];
    });
    reorder(numbers_, order);
    reorder(offsets_, order);
    reorder(sizes_, order);
    reorder(big_sizes_, order);
    reorder(masks_, order);
    return std::adjacent_find(numbers_.begin(), numbers_.end()) == numbers_.end();
}

std::optional<stored_chunk> chunk_table::find(std::uint64_t number) const noexcept
{
    if (dense_) {
        if (number >= offsets_.size() || offsets_[static_cast<std::size_t>(number)] == absent)
            return std::nullopt;
        return at(static_cast<std::size_t>(number));
    }
    auto const found = std::lower_bound(numbers_.begin(), numbers_.end(), number);
    if (found == numbers_.end() || *found != number)
        return std::nullopt;
    return at(static_cast<std::size_t>(found - numbers_.begin()));
}

}  // namespace lindi::node
