#include "common_runs.hpp"

#include <lindi/core/checked.hpp>

#include <algorithm>

namespace lindi::array {
namespace {

/// Where one row of the dataset is among the rows of a part.
std::optional<std::uint64_t>
row_in_part(std::uint64_t row, std::span<std::uint64_t const> extents, std::span<slice const> part)
{
    std::uint64_t out = 0;
    std::uint64_t rows = 1;
    for (std::size_t i = extents.size() - 1; i-- > 0;) {
        auto const at = row % extents[i];
        row /= extents[i];
        auto const& s = part[i];
        if (at < s.start || (at - s.start) % s.step != 0 || (at - s.start) / s.step >= s.count)
            return std::nullopt;
        out += (at - s.start) / s.step * rows;
        rows *= s.count;
    }
    return out;
}

/// A run within one row. \param column  of its first element
void take_columns(
    common_run row, std::uint64_t column, slice s, std::function<void(common_run)> const& take
)
{
    auto const end = column + row.count;
    if (end <= s.start || s.count == 0)
        return;
    auto const first = column <= s.start ? 0 : divide_up(column - s.start, s.step);
    auto const last = std::min(divide_up(end - s.start, s.step), s.count);
    if (first >= last)
        return;
    auto const from = row.from + (s.start + first * s.step - column);
    if (s.step == 1)
        return take({from, row.to + first, last - first});
    for (auto k = first; k < last; ++k)
        take({from + (k - first) * s.step, row.to + k, 1});
}

/// A run of the dataset, row by row. \param run  its `to` is an element of the dataset
void take_run(
    common_run run,
    std::span<std::uint64_t const> extents,
    std::span<slice const> part,
    std::function<void(common_run)> const& take
)
{
    if (extents.empty())
        return take(run);
    auto const length = extents.back();
    while (run.count != 0) {
        auto const column = run.to % length;
        auto const count = std::min(run.count, length - column);
        if (auto const row = row_in_part(run.to / length, extents, part))
            take_columns({run.from, *row * part.back().count, count}, column, part.back(), take);
        run = {run.from + count, run.to + count, run.count - count};
    }
}

}  // namespace

result<void> for_each_common(
    element_pairs const& pairs,
    std::span<std::uint64_t const> extents,
    std::span<slice const> part,
    std::function<void(common_run)> const& take
)
{
    std::size_t f = 0, t = 0;
    std::uint64_t from_done = 0, to_done = 0;
    while (f < pairs.from.size() && t < pairs.to.size()) {
        auto const& from = pairs.from[f];
        auto const& to = pairs.to[t];
        auto const count = std::min(from.count - from_done, to.count - to_done);
        take_run({from.first + from_done, to.first + to_done, count}, extents, part, take);
        from_done += count;
        to_done += count;
        if (from_done == from.count)
            ++f, from_done = 0;
        if (to_done == to.count)
            ++t, to_done = 0;
    }
    if (f != pairs.from.size() || t != pairs.to.size())
        return error(
            errc::bad_value, error::nowhere, "virtual dataset", "selections of different sizes"
        );
    return {};
}

std::vector<std::uint64_t> bounding_box::place_in_array(std::uint64_t element) const
{
    std::vector<std::uint64_t> at(extents_.size());
    for (std::size_t i = at.size(); i-- > 0; element /= extents_[i])
        at[i] = element % extents_[i];
    return at;
}

void bounding_box::add_point(std::span<std::uint64_t const> at)
{
    if (empty_)
        for (auto const x : at)
            box_.push_back({x, 1, 1});
    empty_ = false;
    for (std::size_t i = 0; i < at.size(); ++i) {
        auto& s = box_[i];
        auto const end = std::max(s.start + s.count, at[i] + 1);
        s.start = std::min(s.start, at[i]);
        s.count = end - s.start;
    }
}

void bounding_box::add(element_run run)
{
    auto first = place_in_array(run.first);
    auto last = place_in_array(run.first + run.count - 1);
    // Behind the first dimension that the run leaves, it covers everything.
    auto const left = std::ranges::mismatch(first, last).in1 - first.begin();
    for (auto i = static_cast<std::size_t>(left) + 1; i < first.size(); ++i) {
        first[i] = 0;
        last[i] = extents_[i] - 1;
    }
    add_point(first);
    add_point(last);
}

std::uint64_t bounding_box::place_of(std::uint64_t element) const
{
    auto const at = place_in_array(element);
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < at.size(); ++i)
        out = out * box_[i].count + (at[i] - box_[i].start);
    return out;
}

}  // namespace lindi::array
