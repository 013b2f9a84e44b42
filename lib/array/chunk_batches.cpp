#include "chunk_batches.hpp"

#include "decode_pool.hpp"

#include <lindi/core/checked.hpp>

#include <algorithm>

namespace lindi::array {
namespace {

/// Of one batch.
constexpr std::uint64_t most_stored = 32 * 1024 * 1024;
constexpr std::uint64_t most_decoded = 256 * 1024 * 1024;
/// Decoding takes two buffers of a chunk and what its filters need.
constexpr std::uint64_t most_at_once = most_decoded / 4;

std::size_t
batch_length(std::span<io::byte_range const> ranges, std::size_t first, std::uint64_t chunk_bytes)
{
    std::uint64_t stored = 0;
    auto const most = std::max<std::uint64_t>(most_decoded / chunk_bytes, 1);
    std::size_t count = 0;
    while (first + count < ranges.size() && stored < most_stored && count < most)
        stored += ranges[first + count++].size;
    return count;
}

}  // namespace

task<result<void>> decode_batches(
    node::file& f,
    std::vector<io::byte_range> const& ranges,
    std::uint64_t chunk_bytes,
    chunk_work const& work
)
{
    auto const threads = std::max<std::uint64_t>(most_at_once / chunk_bytes, 1);
    for (std::size_t first = 0; first < ranges.size();) {
        auto const count = batch_length(ranges, first, chunk_bytes);
        auto const decoded = checked_multiply(count, chunk_bytes).value_or(~std::uint64_t{0});
        if (auto const spent = f.budget().spend_bytes(decoded, ranges[first].offset); !spent)
            co_return spent;
        auto const begin = ranges.begin() + static_cast<std::ptrdiff_t>(first);
        std::vector<io::byte_range> wave(begin, begin + static_cast<std::ptrdiff_t>(count));
        auto const blocks = co_await f.reader().read_many(std::move(wave), "chunks");
        if (!blocks)
            co_return blocks.error();
        auto const done = decode_in_parallel(count, threads, [&](std::size_t i) {
            return work.decode(first + i, (*blocks)[i]);
        });
        if (!done)
            co_return done;
        for (std::size_t i = 0; work.finish && i < count; ++i)
            if (auto const finished = work.finish(first + i); !finished)
                co_return finished;
        first += count;
    }
    co_return result<void>();
}

}  // namespace lindi::array
