#include <lindi/array/hyperslab.hpp>
#include <lindi/core/checked.hpp>

#include <algorithm>
#include <array>
#include <cstring>

namespace lindi::array {
namespace {

/// Copies `count` elements, `step` apart in the source, next to each other in the target.
void copy_row(
    std::byte const* from, std::byte* to, std::uint64_t count, std::uint64_t step, std::size_t size
) noexcept
{
    if (step == 1) {
        std::memcpy(to, from, count * size);
        return;
    }
    for (std::uint64_t i = 0; i < count; ++i)
        std::memcpy(to + i * size, from + i * step * size, size);
}

}  // namespace

hyperslab whole(std::span<std::uint64_t const> extents)
{
    hyperslab out;
    for (auto const extent : extents)
        out.push_back({0, extent, 1});
    return out;
}

result<void> check_hyperslab(std::span<slice const> part, std::span<std::uint64_t const> extents)
{
    auto const refuse = [](std::string why) {
        return error(errc::bad_value, error::nowhere, "selection", std::move(why));
    };
    if (part.size() != extents.size())
        return refuse(
            std::to_string(part.size()) + " dimensions, the dataset has " +
            std::to_string(extents.size())
        );
    for (std::size_t i = 0; i < part.size(); ++i) {
        auto const& s = part[i];
        if (s.step == 0)
            return refuse("step 0 in dimension " + std::to_string(i));
        if (s.count == 0)
            continue;
        auto const span = checked_multiply(s.count - 1, s.step);
        auto const last = span ? checked_add(s.start, *span) : std::nullopt;
        if (!last || *last >= extents[i])
            return refuse(
                "dimension " + std::to_string(i) + " has " + std::to_string(extents[i]) +
                " elements"
            );
    }
    return {};
}

std::uint64_t element_count(std::span<slice const> part) noexcept
{
    std::uint64_t out = 1;
    for (auto const& s : part)
        out *= s.count;
    return out;
}

overlap overlap_of(slice part, std::uint64_t origin, std::uint64_t shape) noexcept
{
    overlap out;
    if (part.count == 0 || shape == 0 || part.start >= origin + shape)
        return out;
    auto const first = part.start >= origin ? 0 : divide_up(origin - part.start, part.step);
    if (first >= part.count || part.start + first * part.step >= origin + shape)
        return out;
    auto const room = (origin + shape - 1 - (part.start + first * part.step)) / part.step + 1;
    out.in_box = part.start + first * part.step - origin;
    out.in_part = first;
    out.count = std::min(part.count - first, room);
    out.step = part.step;
    return out;
}

void copy_overlap(
    std::span<overlap const> common,
    std::span<std::byte const> box,
    std::span<std::uint64_t const> box_shape,
    std::span<std::byte> part,
    std::span<slice const> part_slices,
    std::size_t element_size
) noexcept
{
    auto const rank = common.size();
    auto const rows = rank == 0 ? 0 : rank - 1;
    overlap const last = rank == 0 ? overlap{0, 0, 1, 1} : common[rank - 1];
    std::array<std::uint64_t, 32> at{};  // of the row, in all dimensions but the last
    for (;;) {
        std::uint64_t from = 0, to = 0;
        for (std::size_t i = 0; i < rows; ++i) {
            from = from * box_shape[i] + common[i].in_box + at[i] * common[i].step;
            to = to * part_slices[i].count + common[i].in_part + at[i];
        }
        if (rank != 0) {
            from = from * box_shape[rows] + last.in_box;
            to = to * part_slices[rows].count + last.in_part;
        }
        copy_row(
            box.data() + from * element_size,
            part.data() + to * element_size,
            last.count,
            last.step,
            element_size
        );
        auto i = rows;
        while (i > 0 && ++at[i - 1] == common[i - 1].count)
            at[--i] = 0;
        if (i == 0)
            return;
    }
}

}  // namespace lindi::array
