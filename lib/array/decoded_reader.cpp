#include "decoded_reader.hpp"

#include "chunk_batches.hpp"
#include "plain_reader.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/node/chunk_decoder.hpp>

#include <algorithm>

namespace lindi::array {
namespace {

struct decode_job {
    node::file& f;
    node::dataset const& data;
    std::span<touched_chunk const> chunks;
    hyperslab const& part;
    std::uint64_t chunk_bytes;
    std::span<std::byte> out;
};

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
    to = std::move(*decoded);
    return {};
}

/// What the elements point to stays as long as the graph.
result<void> keep_heap(node::file& f, node::decoded_chunk& decoded)
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

/// Elements are for later readings only when what they point to is there.
result<void> keep(decode_job const& job, touched_chunk const& touched, node::decoded_chunk decoded)
{
    if (auto const kept = keep_heap(job.f, decoded); !kept)
        return kept;
    job.f.decoded_chunks.keep(job.data, touched.number, std::move(decoded.elements));
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
    std::vector<node::decoded_chunk> decoded(job.chunks.size());
    chunk_work work;
    work.decode = [&](std::size_t i, block const& stored) {
        return place(job, job.chunks[i], stored, decoded[i]);
    };
    work.finish = [&](std::size_t i) { return keep(job, job.chunks[i], std::move(decoded[i])); };
    co_return co_await decode_batches(job.f, *ranges, job.chunk_bytes, work);
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
