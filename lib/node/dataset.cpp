#include <lindi/core/checked.hpp>
#include <lindi/node/graph.hpp>

namespace lindi::node {

std::vector<std::uint64_t> dataset::chunk_grid() const
{
    std::vector<std::uint64_t> grid;
    if (layout != hdf5::layout_class::chunked)
        return grid;
    for (std::size_t i = 0; i < space.rank() && i < chunking.shape.size(); ++i)
        grid.push_back(divide_up(space.extents[i], chunking.shape[i]));
    return grid;
}

std::optional<std::uint64_t> dataset::chunk_grid_size() const
{
    return checked_product(chunk_grid());
}

}  // namespace lindi::node
