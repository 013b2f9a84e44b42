#include "decoded_reader.hpp"

#include "decode_pool.hpp"
#include "plain_reader.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/node/chunk_decoder.hpp>

#include <algorithm>

namespace lindi::array {
namespace {

/// Stored bytes, and decoded bytes, of one batch of chunks.
constexpr std::uint64_t batch_bytes = 32 * 1024 * 1024;
constexpr std::uint64_t batch_decoded = 256 * 1024 * 1024;

struct decode_job {
    node::file& f;
    node::dataset const& data;
    std::span<touched_chunk const> chunks;
    hyperslab const& part;
    std::uint64_t chunk_bytes;
    std::span<std::byte> out;
};

/// Chunks from `first` on that are read and decoded together.
std::size_t
batch_length(decode_job const& job, std::vector<io::byte_range> const& ranges, std::size_t first)
{
    std::uint64_t stored = 0;
    auto const most = std::max<std::uint64_t>(batch_decoded / job.chunk_bytes, 1);
    std::size_t count = 0;
    while (first + count < ranges.size() && stored < batch_bytes && count < most)
        stored += ranges[first + count++].size;
    return count;
}

result<void> place(
    decode_job const& job,
    touched_chunk const& touched,
    block const& stored,
    node::decoded_chunk& to
)
{
    auto const size = job.data.type->size;
    auto decoded = job.data.decoder->decode(
        touched.number, touched.stored, stored.view, touched.inside_elements * size, job.f.limits()
    );
    if (!decoded)
        return decoded.error().within("chunk");
    if (decoded->elements.size() != job.chunk_bytes)
        return error(errc::bad_value, stored.view.at, "chunk", "not as large as it should be");
    copy_overlap(
        touched.common, decoded->elements, job.data.chunking.shape, job.out, job.part, size
    );
    job.f.decoded_chunks.keep(job.data, touched.number, std::move(decoded->elements));
    to = std::move(*decoded);
    return {};
}

/// What the elements point to stays as long as the graph.
result<void> keep_heap(node::file& f, node::decoded_chunk decoded)
{
    auto& heap = f.contents.heap;
    if (decoded.collection == 0 || heap.contains(decoded.collection))
        return {};
    auto const size = decoded.heap.view.size() + decoded.objects.size() * sizeof(hdf5::heap_object);
    if (auto const spent = f.budget().spend_memory(size, error::nowhere); !spent)
        return spent;
    heap.add(decoded.collection, std::move(decoded.heap), std::move(decoded.objects));
    return {};
}

result<std::vector<io::byte_range>> ranges_of(decode_job const& job)
{
    std::vector<io::byte_range> ranges;
    for (auto const& touched : job.chunks) {
        auto size = touched.stored.size;
        if (size == node::chunk_decoder::whole_file) {
            auto const whole = job.data.decoder->size_of(touched.stored);
            if (!whole)
                return whole.error().within("chunk");
            size = *whole;
        }
        ranges.push_back({touched.stored.offset, size});
    }
    return ranges;
}

task<result<void>> decode_all(decode_job const& job)
{
    auto const ranges = ranges_of(job);
    if (!ranges)
        co_return ranges.error();
    for (std::size_t first = 0; first < job.chunks.size();) {
        auto const count = batch_length(job, *ranges, first);
        auto const work = checked_multiply(count, job.chunk_bytes).value_or(~std::uint64_t{0});
        auto const spent = job.f.budget().spend_bytes(work, (*ranges)[first].offset);
        if (!spent)
            co_return spent;
        auto const begin = ranges->begin() + static_cast<std::ptrdiff_t>(first);
        std::vector<io::byte_range> wave(begin, begin + static_cast<std::ptrdiff_t>(count));
        auto const blocks = co_await job.f.reader().read_many(std::move(wave));
        if (!blocks)
            co_return blocks.error();
        std::vector<node::decoded_chunk> decoded(count);
        auto const most = std::max<std::uint64_t>(batch_decoded / 4 / job.chunk_bytes, 1);
        auto const placed = decode_in_parallel(count, most, [&](std::size_t i) {
            return place(job, job.chunks[first + i], (*blocks)[i], decoded[i]);
        });
        if (!placed)
            co_return placed;
        for (auto& chunk : decoded)
            if (auto const kept = keep_heap(job.f, std::move(chunk)); !kept)
                co_return kept;
        first += count;
    }
    co_return result<void>();
}

}  // namespace

task<result<void>> read_decoded(
    node::file& f,
    node::dataset const& data,
    std::vector<touched_chunk> chunks,
    hyperslab part,
    std::uint64_t chunk_bytes,
    std::span<std::byte> out
)
{
    std::vector<plain_box> boxes;
    std::vector<touched_chunk> others;
    for (auto& touched : chunks) {
        auto const& stored = touched.stored;
        bool const plain = data.decoder->is_plain(stored) && stored.size <= chunk_bytes &&
                           stored.size / data.type->size >= touched.inside_elements;
        if (plain)
            boxes.push_back({stored.offset, data.chunking.shape, std::move(touched.common)});
        else
            others.push_back(std::move(touched));
    }
    if (!boxes.empty()) {
        auto const read =
            co_await read_plain(f.reader(), std::move(boxes), part, data.type->size, out);
        if (!read)
            co_return read;
    }
    decode_job const job{f, data, others, part, chunk_bytes, out};
    co_return co_await decode_all(job);
}

}  // namespace lindi::array
