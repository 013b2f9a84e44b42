#include "selection_facts.hpp"

#include "block_set.hpp"
#include "sha256.hpp"

#include <lindi/core/checked.hpp>

#include <algorithm>
#include <numeric>

namespace lindi::tools {
namespace {

using hdf5::selection;
using numbers = selection_facts::numbers;
using block = selection_facts::block;

/// Elements, blocks beyond these are not enumerated or listed.
constexpr std::uint64_t max_summed = 1'000'000;
constexpr std::uint64_t max_blocks = 100'000;
constexpr std::uint64_t max_listed = 64;
constexpr std::uint64_t max_count = std::uint64_t{1} << 62;

/// C-order index of an element, which may lie outside of the extent: files select there, and
/// libhdf5 counts on. \return none past 2^64
std::optional<std::uint64_t>
index_of(std::span<std::uint64_t const> element, element_extents extent)
{
    std::optional<std::uint64_t> index = 0;
    for (std::size_t d = 0; d < extent.size() && index; ++d) {
        index = checked_multiply(*index, extent[d]);
        if (index)
            index = checked_add(*index, element[d]);
    }
    return index;
}

std::string sum_of(numbers const& indices)
{
    sha256 sum;
    for (auto const index : indices)
        sum.add(std::to_string(index) + "\n");
    return sum.finish();
}

/// Calls `visit(element)` for the elements of a block in C order, until it says false.
template <class Visit>
bool for_each_element(block const& b, Visit&& visit)
{
    auto at = b.first;
    for (;;) {
        if (!visit(at))
            return false;
        auto d = at.size();
        while (d > 0 && at[d - 1] == b.last[d - 1]) {
            at[d - 1] = b.first[d - 1];
            --d;
        }
        if (d == 0)
            return true;
        ++at[d - 1];
    }
}

void describe_all(selection_facts& out, element_extents extent)
{
    out.element_count = checked_product(extent);
    if (!out.element_count || *out.element_count > max_summed)
        return;
    numbers indices(static_cast<std::size_t>(*out.element_count));
    std::iota(indices.begin(), indices.end(), std::uint64_t{0});
    out.index_sum = sum_of(indices);
}

void describe_points(selection_facts& out, selection const& selected, element_extents extent)
{
    auto const rank = selected.rank;
    auto const count = selected.points.size() / rank;
    out.element_count = count;
    std::optional<numbers> indices;
    if (count <= max_summed)
        indices.emplace();
    for (std::size_t i = 0; i < count; ++i) {
        auto const point = std::span(selected.points).subspan(i * rank, rank);
        if (count <= max_listed)
            out.points.emplace_back(point.begin(), point.end());
        auto const index = index_of(point, extent);
        if (!index)
            indices.reset();
        else if (indices)
            indices->push_back(*index);
    }
    if (indices)
        out.index_sum = sum_of(*indices);
}

/// \param blocks  that do not overlap
std::optional<std::string> sum_of_blocks(std::vector<block> const& blocks, element_extents extent)
{
    numbers indices;
    for (auto const& b : blocks) {
        bool const inside = for_each_element(b, [&](numbers const& element) {
            auto const index = index_of(element, extent);
            if (index)
                indices.push_back(*index);
            return index.has_value();
        });
        if (!inside)
            return std::nullopt;
    }
    std::sort(indices.begin(), indices.end());
    indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
    return sum_of(indices);
}

/// Whether there are few enough elements and blocks to go through them.
bool is_small(std::optional<std::uint64_t> elements, std::optional<std::uint64_t> blocks)
{
    return elements && *elements <= max_summed && blocks && *blocks <= max_blocks;
}

void describe_blocks(selection_facts& out, std::vector<block> blocks, element_extents extent)
{
    out.index_sum = sum_of_blocks(blocks, extent);
    if (blocks.size() <= max_listed)
        out.blocks = std::move(blocks);
}

/// First dimension slowest.
std::vector<block> blocks_of(std::vector<selection::slab> const& slabs)
{
    block steps{numbers(slabs.size(), 0), {}};
    for (auto const& s : slabs)
        steps.last.push_back(s.count - 1);
    std::vector<block> out;
    for_each_element(steps, [&](numbers const& step) {
        block b;
        for (std::size_t d = 0; d < slabs.size(); ++d) {
            b.first.push_back(slabs[d].start + step[d] * slabs[d].stride);
            b.last.push_back(b.first.back() + slabs[d].block - 1);
        }
        out.push_back(std::move(b));
        return true;
    });
    return out;
}

void describe_regular(
    selection_facts& out, std::vector<selection::slab> slabs, element_extents extent
)
{
    std::optional<std::uint64_t> elements = 1;
    std::optional<std::uint64_t> blocks = 1;
    for (auto const& s : slabs) {
        bool const ends = hdf5::last_place(s).has_value();
        blocks = ends && blocks ? checked_multiply(*blocks, s.count) : std::nullopt;
        auto const inside = ends ? checked_multiply(s.count, s.block) : std::nullopt;
        elements = inside && elements ? checked_multiply(*elements, *inside) : std::nullopt;
    }
    out.element_count = elements;
    if (is_small(elements, blocks))
        describe_blocks(out, blocks_of(slabs), extent);
    out.regular = std::move(slabs);
}

void describe_irregular(selection_facts& out, block_set const& set, element_extents extent)
{
    out.element_count = set.element_count();
    if (!is_small(out.element_count, set.block_count()))
        return;
    std::vector<block> blocks;
    for (auto& b : set.blocks())
        blocks.push_back({std::move(b.first), std::move(b.last)});
    describe_blocks(out, std::move(blocks), extent);
}

void describe_hyperslab(selection_facts& out, selection const& selected, element_extents extent)
{
    if (!selected.regular.empty())
        return describe_regular(out, selected.regular, extent);
    auto const set = block_set::make(selected.blocks, selected.rank);
    if (!set) {
        out.error = "blocks too many or invalid";
        return;
    }
    auto const regular = set->as_regular();
    if (!regular)
        return describe_irregular(out, *set, extent);
    std::vector<selection::slab> slabs;
    for (auto const& s : *regular)
        slabs.push_back({s.start, s.stride, s.count, s.block});
    describe_regular(out, std::move(slabs), extent);
}

/// Elements of listed blocks, those of overlaps more than once; at most the ones that are gone
/// through.
std::uint64_t elements_of_blocks(selection const& selected)
{
    auto const rank = selected.rank;
    std::uint64_t count = 0;
    for (std::size_t at = 0; at + 2 * rank <= selected.blocks.size() && count < max_summed;
         at += 2 * rank) {
        std::uint64_t inside = 1;
        for (std::size_t d = at; d < at + rank && inside < max_summed; ++d) {
            auto const extent = selected.blocks[d + rank] - selected.blocks[d];
            inside *= std::min(extent, max_summed) + 1;
        }
        count += inside;
    }
    return std::min(count, max_summed);
}

/// Elements of a regular selection, or of the extent; 0 when there are too many to be gone through.
std::uint64_t elements_to_visit(selection const& selected, element_extents extent)
{
    std::optional<std::uint64_t> count =
        selected.what == selection::kind::all ? checked_product(extent) : 1;
    for (auto const& s : selected.regular) {
        auto const inside = checked_multiply(s.count, s.block);
        count = count && inside ? checked_multiply(*count, *inside) : std::nullopt;
    }
    return count && *count <= max_summed ? *count : 0;
}

}  // namespace

std::uint64_t selection_work(hdf5::selection const& selected, element_extents extent) noexcept
{
    constexpr std::uint64_t most_steps = 4'000'000;
    auto const work = 1 + selected.points.size() + elements_to_visit(selected, extent);
    if (selected.blocks.empty() || selected.rank == 0)
        return work;
    // joining blocks takes up to the square of their number
    auto const blocks =
        std::min<std::uint64_t>(selected.blocks.size() / (2 * selected.rank), most_steps);
    return work + elements_of_blocks(selected) + std::min(blocks * blocks, most_steps);
}

selection_facts describe_selection(hdf5::selection const& selected, element_extents extent)
{
    using kind = selection::kind;
    selection_facts out;
    bool const listed = selected.what == kind::points || selected.what == kind::hyperslab;
    if (listed)
        out.type = selected.what == kind::points ? "points" : "hyper";
    if (listed && (selected.rank == 0 || selected.rank != extent.size())) {
        out.error = "rank is not that of the dataspace";
        return out;
    }
    if (listed)
        out.bounds = hdf5::bounds_of(selected);
    if (selected.what == kind::points) {
        describe_points(out, selected, extent);
    } else if (selected.what == kind::hyperslab) {
        describe_hyperslab(out, selected, extent);
    } else if (selected.what == kind::all) {
        out.type = "all";
        describe_all(out, extent);
    } else {
        out.element_count = 0;
        out.index_sum = sum_of({});
    }
    if (out.element_count && *out.element_count >= max_count)
        out.element_count.reset();
    return out;
}

}  // namespace lindi::tools
