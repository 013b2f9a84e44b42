#include "slices.hpp"

#include <lindi/io/batch.hpp>

namespace lindi::node {
namespace {

/// How many ranges from `first` on make one batch.
std::size_t
slice_length(std::vector<io::byte_range> const& ranges, std::size_t first, std::uint64_t most)
{
    std::uint64_t total = 0;
    std::size_t count = 0;
    while (first + count < ranges.size() && total < most)
        total += ranges[first + count++].size;
    return count;
}

std::vector<io::byte_range>
slice_of(std::vector<io::byte_range> const& ranges, std::size_t first, std::size_t count)
{
    auto const begin = ranges.begin() + static_cast<std::ptrdiff_t>(first);
    return {begin, begin + static_cast<std::ptrdiff_t>(count)};
}

}  // namespace

task<void> read_each_in_slices(
    io::reader& from,
    std::vector<io::byte_range> ranges,
    char const* what,
    std::function<void(std::size_t index, result<block> const&)> visit
)
{
    for (std::size_t first = 0; first < ranges.size();) {
        auto const count = slice_length(ranges, first, io::batch_bytes(from));
        auto const got = co_await from.read_each(slice_of(ranges, first, count), what);
        for (std::size_t i = 0; i < count; ++i)
            visit(first + i, got[i]);
        first += count;
    }
}

task<result<void>> read_in_slices(
    io::reader& from,
    std::vector<io::byte_range> ranges,
    char const* what,
    std::function<result<void>(std::size_t index, block const&)> visit
)
{
    for (std::size_t first = 0; first < ranges.size();) {
        auto const count = slice_length(ranges, first, io::batch_bytes(from));
        auto blocks = co_await from.read_many(slice_of(ranges, first, count), what);
        if (!blocks)
            co_return blocks.error();
        for (std::size_t i = 0; i < count; ++i)
            if (auto const visited = visit(first + i, (*blocks)[i]); !visited)
                co_return visited.error();
        first += count;
    }
    co_return result<void>();
}

}  // namespace lindi::node
