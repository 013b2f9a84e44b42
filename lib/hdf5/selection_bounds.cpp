#include <lindi/core/checked.hpp>
#include <lindi/hdf5/selection_bounds.hpp>

#include <algorithm>
#include <span>

namespace lindi::hdf5 {
namespace {

using numbers = std::span<std::uint64_t const>;

void widen(std::optional<corners>& bounds, numbers first, numbers last)
{
    if (!bounds)
        bounds.emplace(corners{{first.begin(), first.end()}, {last.begin(), last.end()}});
    for (std::size_t d = 0; d < first.size(); ++d) {
        bounds->first[d] = std::min(bounds->first[d], first[d]);
        bounds->last[d] = std::max(bounds->last[d], last[d]);
    }
}

}  // namespace

std::optional<std::uint64_t> last_place(selection::slab const& s)
{
    if (s.count == unlimited || s.block == unlimited || s.count == 0 || s.block == 0)
        return std::nullopt;
    auto const jump = checked_multiply(s.count - 1, s.stride);
    auto const last_start = jump ? checked_add(s.start, *jump) : std::nullopt;
    return last_start ? checked_add(*last_start, s.block - 1) : std::nullopt;
}

std::optional<corners> bounds_of(selection const& s)
{
    std::optional<corners> bounds;
    if (s.what == selection::kind::none || s.what == selection::kind::all || s.rank == 0)
        return bounds;
    auto const numbers_at = [&s](std::vector<std::uint64_t> const& list, std::size_t at) {
        return numbers(list).subspan(at, s.rank);
    };
    for (std::size_t at = 0; at + s.rank <= s.points.size(); at += s.rank)
        widen(bounds, numbers_at(s.points, at), numbers_at(s.points, at));
    for (std::size_t at = 0; at + 2 * s.rank <= s.blocks.size(); at += 2 * s.rank)
        widen(bounds, numbers_at(s.blocks, at), numbers_at(s.blocks, at + s.rank));
    if (s.regular.empty())
        return bounds;
    bounds.emplace();
    for (auto const& slab : s.regular) {
        bounds->first.push_back(slab.start);
        bounds->last.push_back(last_place(slab).value_or(unlimited));
    }
    return bounds;
}

}  // namespace lindi::hdf5
