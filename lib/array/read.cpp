#include "chunk_batches.hpp"
#include "chunk_plan.hpp"
#include "decoded_reader.hpp"
#include "element_filler.hpp"
#include "external_reader.hpp"
#include "linked_reader.hpp"
#include "plain_reader.hpp"
#include "read_box.hpp"
#include "virtual_reader.hpp"

#include <lindi/array/pieces.hpp>
#include <lindi/array/read.hpp>
#include <lindi/core/checked.hpp>
#include <lindi/node/chunk_list.hpp>
#include <lindi/node/filter_calls.hpp>
#include <lindi/node/heap_reader.hpp>

#include <algorithm>

namespace lindi::array {
namespace {

constexpr char const* structure = "dataset";

/// What all steps of one read need.
struct read_job {
    node::file& f;
    node::dataset const& data;
    hyperslab part;
    std::span<std::byte> out;
    unsigned depth = 0;  ///< of virtual datasets in virtual datasets
    std::uint64_t chunk_bytes = 0;
};

result<void> place_chunk(read_job const& job, touched_chunk const& touched, block const& stored)
{
    auto const& chunking = job.data.chunking;
    auto const calls = node::filter_calls(job.data.filters);
    bool const skip_all = chunking.partial_edges_unfiltered && touched.partial;
    codec::chunk_format format;
    format.filters = calls;
    format.filter_mask = skip_all ? ~0u : touched.stored.filter_mask;
    format.decoded_size = job.chunk_bytes;
    format.needed_size = touched.inside_elements * job.data.type->size;
    auto decoded = codec::decode_chunk(job.f.codecs(), stored.view, format, job.f.limits());
    if (!decoded)
        return decoded.error().within("chunk");
    copy_overlap(touched.common, *decoded, chunking.shape, job.out, job.part, job.data.type->size);
    job.f.decoded_chunks.keep(job.data, touched.number, std::move(*decoded));
    return {};
}

task<result<void>> read_filtered(read_job& job, std::vector<touched_chunk> const& chunks)
{
    std::vector<io::byte_range> ranges;
    for (auto const& touched : chunks)
        ranges.push_back({touched.stored.offset, touched.stored.size});
    chunk_work work;
    work.decode = [&](std::size_t i, block const& stored) {
        return place_chunk(job, chunks[i], stored);
    };
    co_return co_await decode_batches(job.f, ranges, job.chunk_bytes, work);
}

task<result<void>> read_unfiltered(read_job& job, std::vector<touched_chunk> chunks)
{
    std::vector<plain_box> boxes;
    boxes.reserve(chunks.size());
    for (auto& touched : chunks)
        boxes.push_back({touched.stored.offset, job.data.chunking.shape, std::move(touched.common)}
        );
    co_return co_await read_plain(
        job.f.reader(), std::move(boxes), job.part, job.data.type->size, job.out
    );
}

/// Takes chunks that were decoded lately, and leaves the others to be read.
void take_cached(read_job const& job, std::vector<touched_chunk>& chunks)
{
    std::erase_if(chunks, [&](touched_chunk const& touched) {
        auto const decoded = job.f.decoded_chunks.find(job.data, touched.number);
        if (decoded)
            copy_overlap(
                touched.common,
                *decoded,
                job.data.chunking.shape,
                job.out,
                job.part,
                job.data.type->size
            );
        return decoded != nullptr;
    });
}

/// Boxes of the chunk grid that the part touches, for index walks that can leave the rest out.
node::chunk_box touched_box(read_job const& job)
{
    node::chunk_box box;
    for (std::size_t i = 0; i < job.part.size(); ++i) {
        auto const extent = job.data.chunking.shape[i];
        box.first.push_back(job.part[i].start / extent);
        box.last.push_back((job.part[i].end() - 1) / extent);
    }
    return box;
}

task<result<void>> read_chunked(read_job& job)
{
    auto const& chunking = job.data.chunking;
    if (chunking.element_size != job.data.type->size)
        co_return error(
            errc::bad_value, chunking.address, structure, "element size of layout and type differ"
        );
    auto const elements = checked_product(chunking.shape);
    auto const bytes = elements ? checked_multiply(*elements, chunking.element_size) : std::nullopt;
    if (!bytes || *bytes == 0 || chunking.shape.size() != job.part.size())
        co_return error(errc::bad_value, chunking.address, structure, "chunk shape");
    job.chunk_bytes = *bytes;

    node::chunk_table walked;
    auto const* table = job.data.chunks ? &*job.data.chunks : &walked;
    if (!job.data.chunks) {
        auto listed = co_await node::list_chunks(job.f, job.data, touched_box(job));
        if (!listed)
            co_return listed.error();
        walked = std::move(*listed);
    }
    auto chunks = plan_chunks(job.data, *table, job.part);
    take_cached(job, chunks);
    if (job.data.decoder)
        co_return co_await read_decoded(
            job.f, job.data, std::move(chunks), job.part, job.chunk_bytes, job.out
        );
    if (job.data.filters.filters.empty())
        co_return co_await read_unfiltered(job, std::move(chunks));
    co_return co_await read_filtered(job, chunks);
}

std::vector<overlap> overlap_with_whole(read_job const& job)
{
    std::vector<overlap> common;
    for (std::size_t i = 0; i < job.part.size(); ++i)
        common.push_back(overlap_of(job.part[i], 0, job.data.space.extents[i]));
    return common;
}

/// The other files are local: they are read at once, with a reader of their own.
result<void> read_external(read_job& job)
{
    auto const size = job.data.type->size;
    if (!checked_multiply(job.data.space.element_count(), size))
        return error(errc::bad_value, error::nowhere, structure, "more than 2^64 bytes");
    auto const needed = bytes_of_part(job.part, job.data.space.extents, size);
    auto const from = join_external_files(job.f, job.data, needed);
    if (!from)
        return from.error();
    std::vector<plain_box> boxes;
    boxes.push_back({0, job.data.space.extents, overlap_with_whole(job)});
    io::reader reader(**from, job.f.budget());
    return reader.run(read_plain(reader, std::move(boxes), job.part, size, job.out));
}

task<result<void>> read_contiguous(read_job& job)
{
    if (!job.data.external.empty())
        co_return read_external(job);
    if (!job.data.offset)
        co_return result<void>();
    if (job.data.space.element_count() > job.data.contiguous_size / job.data.type->size)
        co_return error(errc::bad_value, *job.data.offset, structure, "storage is too short");
    std::vector<plain_box> boxes;
    boxes.push_back({*job.data.offset, job.data.space.extents, overlap_with_whole(job)});
    co_return co_await read_plain(
        job.f.reader(), std::move(boxes), job.part, job.data.type->size, job.out
    );
}

/// The part of elements that are all in memory.
void take_part(read_job const& job, std::span<std::byte const> all)
{
    copy_overlap(
        overlap_with_whole(job), all, job.data.space.extents, job.out, job.part, job.data.type->size
    );
}

result<void> take_compact(read_job const& job)
{
    if (job.data.compact.size() / job.data.type->size < job.data.space.element_count())
        return error(errc::bad_value, error::nowhere, structure, "compact storage is too short");
    take_part(job, job.data.compact);
    return {};
}

/// Piece by piece: sources are read into memory of their own.
task<result<void>> read_virtual_part(read_job& job)
{
    constexpr std::uint64_t piece_bytes = 16 * 1024 * 1024;
    auto const size = job.data.type->size;
    piece_list pieces(job.part, std::max<std::uint64_t>(piece_bytes / size, 1), {});
    auto rest = job.out;
    while (auto const piece = pieces.next()) {
        auto const bytes = static_cast<std::size_t>(element_count(*piece) * size);
        auto const out = rest.first(bytes);
        auto const read = co_await read_virtual(job.f, job.data, *piece, job.depth, out);
        if (!read)
            co_return read;
        rest = rest.subspan(bytes);
    }
    co_return result<void>();
}

task<result<void>> read_storage(read_job& job)
{
    switch (job.data.layout) {
    case hdf5::layout_class::compact:
        co_return take_compact(job);
    case hdf5::layout_class::contiguous:
        co_return co_await read_contiguous(job);
    case hdf5::layout_class::chunked:
        co_return co_await read_chunked(job);
    case hdf5::layout_class::virtual_:
        co_return co_await read_virtual_part(job);
    }
    co_return error(errc::unsupported, error::nowhere, structure, "unknown layout");
}

task<result<void>> read_part(
    node::file& f,
    node::dataset const& data,
    hyperslab part,
    unsigned depth,
    std::span<std::byte> out
)
{
    if (data.space.what == hdf5::dataspace::kind::null)
        co_return error(
            errc::bad_value, error::nowhere, structure, "a null dataspace has no elements"
        );
    if (data.unreadable)
        co_return *data.unreadable;
    if (auto const checked = check_hyperslab(part, data.space.extents); !checked)
        co_return checked;
    auto const size = checked_multiply(element_count(part), data.type->size);
    if (size != out.size())
        co_return error(
            errc::bad_value, error::nowhere, "selection", "the buffer has another size"
        );
    if (out.empty())
        co_return result<void>();
    if (auto const filled = fill_elements(data, out); !filled)
        co_return filled;
    if (data.link)
        co_return co_await read_linked(f, data, std::move(part), out);
    read_job job{f, data, std::move(part), out, depth};
    co_return co_await read_storage(job);
}

}  // namespace

task<result<void>>
read_into(node::file& f, node::dataset const& data, hyperslab part, std::span<std::byte> out)
{
    return read_part(f, data, std::move(part), 0, out);
}

task<result<lindi::bytes>>
read_box(node::file& f, node::dataset const& data, hyperslab box, unsigned depth)
{
    if (auto const checked = check_hyperslab(box, data.space.extents); !checked)
        co_return checked.error();
    auto const size = checked_multiply(element_count(box), data.type->size);
    if (!size || *size > f.limits().inline_bytes)
        co_return error(errc::too_large, error::nowhere, structure, "limit on inline bytes");
    memory_lease held(f.budget());
    if (auto const taken = held.take(*size, error::nowhere); !taken)
        co_return taken.error();
    lindi::bytes out(static_cast<std::size_t>(*size));
    auto const read = co_await read_part(f, data, std::move(box), depth, out);
    if (!read)
        co_return read.error();
    co_return out;
}

task<result<lindi::bytes>> read_piece(node::file& f, node::dataset const& data, hyperslab part)
{
    if (data.unreadable)
        co_return *data.unreadable;  // also when nothing is left of it
    if (auto const checked = check_hyperslab(part, data.space.extents); !checked)
        co_return checked.error();
    auto const size = checked_multiply(element_count(part), data.type->size);
    memory_lease held(f.budget());
    auto const taken = held.take(size.value_or(~std::uint64_t{0}), error::nowhere);
    if (!taken)
        co_return taken.error();
    lindi::bytes out(static_cast<std::size_t>(*size));
    auto const read = co_await read_into(f, data, std::move(part), out);
    if (!read)
        co_return read.error();
    co_return out;
}

task<result<lindi::bytes>>
read_all(node::file& f, node::dataset const& data, std::uint64_t max_bytes)
{
    auto const size = checked_multiply(data.space.element_count(), data.type->size);
    if (!data.unreadable && (!size || *size > max_bytes))
        co_return error(
            errc::too_large,
            error::nowhere,
            structure,
            "over " + std::to_string(max_bytes) + " bytes"
        );
    if (!data.unreadable && *size == 0)
        co_return lindi::bytes();  // a null dataspace among them
    auto part = whole(data.space.extents);
    auto out = co_await read_piece(f, data, std::move(part));
    if (!out || out->empty())
        co_return out;
    auto const heaps = co_await node::load_heaps(f, data.type, *out);
    if (!heaps)
        co_return heaps.error();
    co_return out;
}

}  // namespace lindi::array
