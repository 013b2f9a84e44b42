#include "scatter.hpp"

#include <algorithm>
#include <cstring>

namespace lindi::array {

std::vector<std::uint64_t> chunk_origin(
    node::chunk_table const& table, std::span<std::uint64_t const> chunk_shape, std::uint64_t number
)
{
    std::vector<std::uint64_t> origin(chunk_shape.size());
    for (std::size_t i = origin.size(); i-- > 0;) {
        origin[i] = number % table.grid()[i] * chunk_shape[i];
        number /= table.grid()[i];
    }
    return origin;
}

void scatter_chunk(
    std::span<std::byte const> chunk,
    std::span<std::uint64_t const> chunk_shape,
    std::span<std::uint64_t const> origin,
    std::span<std::uint64_t const> shape,
    std::size_t element_size,
    std::span<std::byte> out
)
{
    auto const rank = shape.size();
    std::vector<std::uint64_t> count(rank), position(rank, 0);
    for (std::size_t i = 0; i < rank; ++i)
        count[i] = std::min(chunk_shape[i], shape[i] - origin[i]);
    // Rows of the last dimension are contiguous on both sides.
    auto const row = (rank == 0 ? 1 : count[rank - 1]) * element_size;
    for (;;) {
        std::uint64_t from = 0, to = 0;
        for (std::size_t i = 0; i < rank; ++i) {
            from = from * chunk_shape[i] + position[i];
            to = to * shape[i] + origin[i] + position[i];
        }
        std::memcpy(out.data() + to * element_size, chunk.data() + from * element_size, row);
        // The next row: count up in all dimensions but the last.
        std::size_t i = rank == 0 ? 0 : rank - 1;
        while (i > 0 && ++position[i - 1] == count[i - 1])
            position[--i] = 0;
        if (i == 0)
            return;
    }
}

}  // namespace lindi::array
