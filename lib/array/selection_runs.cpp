#include "selection_runs.hpp"

#include <lindi/core/checked.hpp>

#include <algorithm>

namespace lindi::array {
namespace {

constexpr char const* structure = "dataspace selection";
constexpr std::size_t max_runs = 4'000'000;

using runs = std::vector<element_run>;
using extents_view = std::span<std::uint64_t const>;

error refuse(errc code, char const* why)
{
    return {code, error::nowhere, structure, why};
}

/// The blocks of one dimension: [first, last] each, corners included.
struct interval {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};
using intervals = std::vector<interval>;

/// Of a slab that goes on for ever, up to where it is to stop.
result<intervals> intervals_until(hdf5::selection::slab const& s, std::uint64_t end)
{
    intervals out;
    if (s.start >= end)
        return out;
    if (s.block == hdf5::unlimited)
        return intervals{{s.start, end - 1}};
    if ((end - s.start) / s.stride >= max_runs)
        return refuse(errc::too_large, "too many blocks");
    for (auto at = s.start;; at += s.stride) {
        auto const length = std::min(s.block, end - at);
        out.push_back({at, at + length - 1});
        if (end - at <= s.stride)
            return out;
    }
}

result<intervals>
intervals_of(hdf5::selection::slab const& s, std::uint64_t extent, std::uint64_t end)
{
    if (s.count == hdf5::unlimited || s.block == hdf5::unlimited)
        return end > extent ? refuse(errc::bad_value, "a hyperslab outside of its dataset")
                            : intervals_until(s, end);
    intervals out;
    if (s.count == 0 || s.block == 0)
        return out;
    if (s.count > max_runs)
        return refuse(errc::too_large, "too many blocks");
    auto const reach = checked_multiply(s.count - 1, s.stride);
    auto const last = reach ? checked_add(s.start, *reach) : std::nullopt;
    auto const behind = last ? checked_add(*last, s.block) : std::nullopt;
    if (!behind || *behind > extent || (s.count > 1 && s.stride < s.block))
        return refuse(errc::bad_value, "a hyperslab outside of its dataset");
    for (std::uint64_t i = 0; i < s.count; ++i)
        out.push_back({s.start + i * s.stride, s.start + i * s.stride + s.block - 1});
    return out;
}

/// Appends the rows of a box whose corners are given per dimension.
result<void> append_box(runs& out, std::span<interval const> box, extents_view extents)
{
    auto const rank = box.size();
    std::vector<std::uint64_t> at;
    for (auto const& side : box)
        at.push_back(side.first);
    for (;;) {
        if (out.size() >= max_runs)
            return refuse(errc::too_large, "too many rows");
        std::uint64_t first = 0;
        for (std::size_t i = 0; i < rank; ++i)
            first = first * extents[i] + at[i];
        out.push_back({first, box[rank - 1].last - box[rank - 1].first + 1});
        auto i = rank - 1;
        while (i > 0 && ++at[i - 1] > box[i - 1].last) {
            at[i - 1] = box[i - 1].first;
            --i;
        }
        if (i == 0)
            return {};
    }
}

/// Every combination of the blocks of all dimensions.
result<runs> regular_runs(std::vector<intervals> const& sides, extents_view extents)
{
    runs out;
    std::vector<std::size_t> pick(sides.size(), 0);
    for (auto const& side : sides)
        if (side.empty())
            return out;
    for (;;) {
        std::vector<interval> box;
        for (std::size_t i = 0; i < sides.size(); ++i)
            box.push_back(sides[i][pick[i]]);
        if (auto const done = append_box(out, box, extents); !done)
            return done.error();
        auto i = sides.size();
        while (i > 0 && ++pick[i - 1] == sides[i - 1].size())
            pick[--i] = 0;
        if (i == 0)
            break;
    }
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) {
        return a.first < b.first;
    });
    return out;
}

result<runs> hyperslab_runs(hdf5::selection const& s, extents_view extents, std::uint64_t end)
{
    if (!s.regular.empty()) {
        std::vector<intervals> sides;
        for (std::size_t i = 0; i < s.rank; ++i) {
            auto side = intervals_of(s.regular[i], extents[i], end);
            if (!side)
                return side.error();
            sides.push_back(std::move(*side));
        }
        return regular_runs(sides, extents);
    }
    runs out;
    for (std::size_t b = 0; b + 2 * s.rank <= s.blocks.size(); b += 2 * s.rank) {
        std::vector<interval> box;
        for (std::size_t i = 0; i < s.rank; ++i) {
            interval const side{s.blocks[b + i], s.blocks[b + s.rank + i]};
            if (side.first > side.last || side.last >= extents[i])
                return refuse(errc::bad_value, "a block outside of its dataset");
            box.push_back(side);
        }
        if (auto const done = append_box(out, box, extents); !done)
            return done.error();
    }
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& c) {
        return a.first < c.first;
    });
    return out;
}

result<runs> point_runs(hdf5::selection const& s, extents_view extents)
{
    runs out;
    for (std::size_t p = 0; p + s.rank <= s.points.size(); p += s.rank) {
        std::uint64_t first = 0;
        for (std::size_t i = 0; i < s.rank; ++i) {
            if (s.points[p + i] >= extents[i])
                return refuse(errc::bad_value, "a point outside of its dataset");
            first = first * extents[i] + s.points[p + i];
        }
        out.push_back({first, 1});
    }
    return out;
}

}  // namespace

result<runs> runs_of(hdf5::selection const& s, extents_view extents, std::uint64_t end)
{
    using kind = hdf5::selection::kind;
    if (s.what == kind::none)
        return runs();
    auto const all = checked_product(extents);
    if (!all)
        return refuse(errc::bad_value, "a dataset with more than 2^64 elements");
    if (s.what == kind::all)
        return runs(1, {0, *all});
    if (s.rank != extents.size() || s.rank == 0)
        return refuse(errc::bad_value, "another rank than its dataset");
    return s.what == kind::points ? point_runs(s, extents) : hyperslab_runs(s, extents, end);
}

}  // namespace lindi::array
