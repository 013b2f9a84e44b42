#include "plain_reader.hpp"

#include <lindi/io/batch.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace lindi::array {
namespace {

/// Bytes between two runs that are read rather than asked for separately.
constexpr std::uint64_t max_gap = 4096;
/// What one batch holds at most, whatever its bytes.
constexpr std::size_t batch_runs = 100'000;

/// Elements of one row: `count` of them, `step` apart.
struct run {
    std::size_t range;     ///< index of the byte range that holds it
    std::uint64_t offset;  ///< file offset of the first element
    std::uint64_t to;      ///< element index in the part
    std::uint64_t count;
    std::uint64_t step;
};

/// Runs whose bytes are read together.
struct batch {
    std::vector<io::byte_range> ranges;
    std::vector<run> runs;
    std::uint64_t bytes = 0;

    bool is_full(std::uint64_t most_bytes) const noexcept
    {
        return bytes >= most_bytes || runs.size() >= batch_runs;
    }

    void add(std::uint64_t offset, std::uint64_t size, run r)
    {
        bool const joins = !ranges.empty() && offset >= ranges.back().offset &&
                           offset <= ranges.back().end() + max_gap;
        if (joins) {
            auto const end = std::max(ranges.back().end(), offset + size);
            bytes += end - ranges.back().end();
            ranges.back().size = end - ranges.back().offset;
        } else {
            ranges.push_back({offset, size});
            bytes += size;
        }
        r.range = ranges.size() - 1;
        runs.push_back(r);
    }
};

/// Goes through the rows of one box in order.
class row_walk {
public:
    row_walk(plain_box const& box, std::span<slice const> part, std::size_t element_size)
        : box_(box), part_(part), size_(element_size)
    {}

    bool done() const noexcept { return done_; }

    /// Adds the next row to the batch and steps on.
    void add_row(batch& to)
    {
        auto const rank = box_.common.size();
        overlap const last = rank == 0 ? overlap{0, 0, 1, 1} : box_.common[rank - 1];
        std::uint64_t from = 0, target = 0;
        for (std::size_t i = 0; i < rank; ++i) {
            auto const& c = box_.common[i];
            auto const at = i + 1 == rank ? 0 : at_[i];
            from = from * box_.shape[i] + c.in_box + at * c.step;
            target = target * part_[i].count + c.in_part + at;
        }
        auto const offset = box_.offset + from * size_;
        if (last.step * size_ <= max_gap) {
            to.add(
                offset,
                ((last.count - 1) * last.step + 1) * size_,
                {0, offset, target, last.count, last.step}
            );
        } else {
            for (std::uint64_t i = 0; i < last.count; ++i) {
                auto const place = offset + i * last.step * size_;
                to.add(place, size_, {0, place, target + i, 1, 1});
            }
        }
        step(rank);
    }

private:
    void step(std::size_t rank)
    {
        auto i = rank == 0 ? 0 : rank - 1;
        while (i > 0 && ++at_[i - 1] == box_.common[i - 1].count)
            at_[--i] = 0;
        done_ = i == 0;
    }

    plain_box const& box_;
    std::span<slice const> part_;
    std::size_t size_;
    std::array<std::uint64_t, 32> at_{};
    bool done_ = false;
};

void copy_run(run const& r, block const& from, std::size_t size, std::span<std::byte> out)
{
    auto const* source = from.view.bytes.data() + (r.offset - from.view.at);
    auto* target = out.data() + r.to * size;
    if (r.step == 1) {
        std::memcpy(target, source, r.count * size);
        return;
    }
    for (std::uint64_t i = 0; i < r.count; ++i)
        std::memcpy(target + i * size, source + i * r.step * size, size);
}

task<result<void>>
read_batch(io::reader& from, batch work, std::size_t element_size, std::span<std::byte> out)
{
    auto const blocks = co_await from.read_many(std::move(work.ranges), "data");
    if (!blocks)
        co_return blocks.error();
    for (auto const& r : work.runs)
        copy_run(r, (*blocks)[r.range], element_size, out);
    co_return result<void>();
}

}  // namespace

task<result<void>> read_plain(
    io::reader& from,
    std::vector<plain_box> boxes,
    hyperslab part,
    std::size_t element_size,
    std::span<std::byte> out
)
{
    batch work;
    for (auto const& box : boxes) {
        for (row_walk rows(box, part, element_size); !rows.done();) {
            rows.add_row(work);
            if (!work.is_full(io::batch_bytes(from)))
                continue;
            auto const read = co_await read_batch(from, std::exchange(work, {}), element_size, out);
            if (!read)
                co_return read;
        }
    }
    co_return co_await read_batch(from, std::move(work), element_size, out);
}

}  // namespace lindi::array
