#include "range_union.hpp"

#include <algorithm>

namespace lindi::tools {

void range_union::add(io::byte_range range)
{
    constexpr std::size_t least_waiting = 4096;
    if (range.size == 0)
        return;
    ranges_.push_back(range);
    if (ranges_.size() - sorted_ > std::max(least_waiting, sorted_))
        ranges();
}

std::vector<io::byte_range> const& range_union::ranges() const
{
    if (sorted_ == ranges_.size())
        return ranges_;
    std::sort(ranges_.begin(), ranges_.end(), [](auto const& a, auto const& b) {
        return a.offset < b.offset;
    });
    std::size_t kept = 0;
    for (auto const range : ranges_) {
        if (kept != 0 && range.offset <= ranges_[kept - 1].end()) {
            auto& last = ranges_[kept - 1];
            last.size = std::max(last.end(), range.end()) - last.offset;
        } else {
            ranges_[kept++] = range;
        }
    }
    ranges_.resize(kept);
    sorted_ = kept;
    return ranges_;
}

std::uint64_t range_union::size() const
{
    std::uint64_t out = 0;
    for (auto const range : ranges())
        out += range.size;
    return out;
}

std::uint64_t range_union::size_common_with(range_union const& other) const
{
    auto const& a = ranges();
    auto const& b = other.ranges();
    std::uint64_t out = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        auto const begin = std::max(a[i].offset, b[j].offset);
        auto const end = std::min(a[i].end(), b[j].end());
        out += end > begin ? end - begin : 0;
        if (a[i].end() < b[j].end())
            ++i;
        else
            ++j;
    }
    return out;
}

}  // namespace lindi::tools
