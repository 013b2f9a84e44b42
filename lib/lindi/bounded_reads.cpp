#include "bounded_reads.hpp"

namespace lindi::rfs {
namespace {

constexpr std::uint64_t most_bytes = 32 * 1024 * 1024;

}  // namespace

task<void> read_bounded(
    node::file& f,
    std::vector<io::byte_range> const& ranges,
    std::function<void(std::size_t, result<block> const&)> const& take
)
{
    std::size_t first = 0;
    while (first < ranges.size()) {
        memory_lease held(f.budget());
        std::vector<io::byte_range> batch;
        std::uint64_t bytes = 0;
        result<void> charged;
        for (auto i = first; i < ranges.size() && bytes < most_bytes && charged; ++i) {
            charged = held.take(ranges[i].size, ranges[i].offset);
            bytes += charged ? ranges[i].size : 0;
            if (charged)
                batch.push_back(ranges[i]);
        }
        auto const count = batch.size();
        auto const got = co_await f.reader().read_each(std::move(batch), "references");
        for (std::size_t i = 0; i < count; ++i)
            take(first + i, got[i]);
        first += count;
        if (!charged && count == 0)
            take(first++, charged.error());
    }
}

}  // namespace lindi::rfs
