#include "chunk_index.hpp"

#include <lindi/core/checked.hpp>

#include <array>

namespace lindi::node {

result<void> list_single_chunk(chunk_collector& out)
{
    auto const& chunking = out.data().chunking;
    std::array<std::uint64_t, hdf5::max_rank> const origin{};
    auto const size = chunking.single_filtered_size.value_or(out.chunk_bytes());
    return out.add(
        std::span(origin).first(out.data().space.rank()),
        {chunking.address, size, chunking.single_filter_mask}
    );
}

/// Chunks lie one after the other, for the whole grid that the dataset may grow to.
result<void> list_implicit_chunks(chunk_collector& out)
{
    auto const& data = out.data();
    auto const& chunking = data.chunking;
    auto const grid = data.chunk_grid();
    std::vector<std::uint64_t> max_grid;
    for (std::size_t i = 0; i < grid.size(); ++i)
        max_grid.push_back(divide_up(data.space.max_extents[i], chunking.shape[i]));
    auto const total = data.chunk_grid_size();
    if (!total || !checked_product(max_grid))
        return error(
            errc::bad_value, chunking.address, "implicit chunk index", "grid does not fit 64 bits"
        );
    // All of them are in the file, so their number is bounded by what it stores.
    auto const bytes = checked_multiply(*total, out.chunk_bytes());
    if (!bytes || *bytes > out.from().reader().stored_size())
        return error(errc::truncated, chunking.address, "implicit chunk index");

    std::array<std::uint64_t, hdf5::max_rank> position{};
    for (std::uint64_t n = 0; n < *total; ++n) {
        std::uint64_t rest = n, number = 0, scale = 1;
        for (std::size_t i = grid.size(); i-- > 0;) {
            position[i] = rest % grid[i];
            rest /= grid[i];
            number += position[i] * scale;
            scale *= max_grid[i];
        }
        auto const place = checked_multiply(number, out.chunk_bytes());
        auto const address = place ? checked_add(chunking.address, *place) : std::nullopt;
        if (!address)
            return error(errc::bad_value, chunking.address, "implicit chunk index");
        auto const added =
            out.add(std::span<std::uint64_t const>(position).first(grid.size()), {*address, 0, 0});
        if (!added)
            return added;
    }
    return {};
}

}  // namespace lindi::node
