#include <lindi/array/read_all.hpp>

#include "element_filler.hpp"
#include "scatter.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/node/filter_calls.hpp>
#include <lindi/node/heap_reader.hpp>

#include <algorithm>

namespace lindi::array {
namespace {

constexpr char const* structure = "dataset";
/// Stored bytes of one batch of chunks.
constexpr std::uint64_t batch_bytes = 32 * 1024 * 1024;

struct batch_entry {
    std::uint64_t number;
    node::stored_chunk chunk;
};

/// The next chunks of the table from `from` on, up to the size of a batch.
std::vector<std::vector<batch_entry>> batches_of(node::chunk_table const& table)
{
    std::vector<std::vector<batch_entry>> out;
    std::uint64_t bytes = batch_bytes;
    table.for_each([&](std::uint64_t number, node::stored_chunk const& chunk) {
        if (bytes >= batch_bytes) {
            out.emplace_back();
            bytes = 0;
        }
        out.back().push_back({number, chunk});
        bytes += chunk.size;
    });
    return out;
}

/// Whether a chunk sticks out of the dataset.
bool is_partial(node::dataset const& data, std::span<std::uint64_t const> origin)
{
    for (std::size_t i = 0; i < origin.size(); ++i)
        if (origin[i] + data.chunking.shape[i] > data.space.extents[i])
            return true;
    return false;
}

result<void> place_chunk(
    node::file& f,
    node::dataset const& data,
    batch_entry const& entry,
    block const& stored,
    std::span<std::byte> out
)
{
    auto const origin = chunk_origin(*data.chunks, data.chunking.shape, entry.number);
    auto const size = checked_product(data.chunking.shape).value_or(0) * data.type->size;
    auto const calls = node::filter_calls(data.filters);
    bool const skip_all = data.chunking.partial_edges_unfiltered && is_partial(data, origin);
    codec::chunk_format const format{calls, skip_all ? ~0u : entry.chunk.filter_mask, size};
    auto const decoded = codec::decode_chunk(f.codecs(), stored.view, format, f.limits());
    if (!decoded)
        return decoded.error().within("chunk");
    scatter_chunk(*decoded, data.chunking.shape, origin, data.space.extents, data.type->size, out);
    return {};
}

task<result<void>> read_chunked(node::file& f, node::dataset const& data, std::span<std::byte> out)
{
    if (!data.chunks)
        co_return error(errc::not_found, data.chunking.address, structure, "its chunk table is missing");
    if (data.chunking.element_size != data.type->size)
        co_return error(
            errc::bad_value, data.chunking.address, structure, "element size of layout and type differ"
        );
    for (auto const& batch : batches_of(*data.chunks)) {
        std::vector<io::byte_range> ranges;
        for (auto const& entry : batch)
            ranges.push_back({entry.chunk.offset, entry.chunk.size});
        auto const blocks = co_await f.reader().read_many(std::move(ranges));
        if (!blocks)
            co_return blocks.error();
        for (std::size_t i = 0; i < batch.size(); ++i)
            if (auto const placed = place_chunk(f, data, batch[i], (*blocks)[i], out); !placed)
                co_return placed;
    }
    co_return result<void>();
}

task<result<void>> read_contiguous(node::file& f, node::dataset const& data, std::span<std::byte> out)
{
    if (!data.external.empty())
        co_return error(errc::unsupported, error::nowhere, structure, "external raw data files");
    if (!data.offset)
        co_return result<void>();
    auto const stored = co_await f.reader().read({*data.offset, out.size()});
    if (!stored)
        co_return stored.error();
    std::copy(stored->view.bytes.begin(), stored->view.bytes.end(), out.begin());
    co_return result<void>();
}

result<void> take_compact(node::dataset const& data, std::span<std::byte> out)
{
    if (data.compact.size() < out.size())
        return error(errc::bad_value, error::nowhere, structure, "compact storage is too short");
    std::copy_n(data.compact.begin(), out.size(), out.begin());
    return {};
}

task<result<void>> read_storage(node::file& f, node::dataset const& data, std::span<std::byte> out)
{
    switch (data.layout) {
    case hdf5::layout_class::compact:
        co_return take_compact(data, out);
    case hdf5::layout_class::contiguous:
        co_return co_await read_contiguous(f, data, out);
    case hdf5::layout_class::chunked:
        co_return co_await read_chunked(f, data, out);
    case hdf5::layout_class::virtual_:
        break;
    }
    co_return error(errc::unsupported, error::nowhere, structure, "virtual datasets");
}

}  // namespace

task<result<lindi::bytes>>
read_all(node::file& f, node::dataset const& data, std::uint64_t max_bytes)
{
    auto const size = checked_multiply(data.space.element_count(), data.type->size);
    if (!size || *size > max_bytes)
        co_return error(
            errc::too_large, error::nowhere, structure, "over " + std::to_string(max_bytes) + " bytes"
        );
    if (auto const spent = f.budget().spend_memory(*size, error::nowhere); !spent)
        co_return spent.error();
    lindi::bytes out(static_cast<std::size_t>(*size));
    if (out.empty())
        co_return out;
    if (auto const filled = fill_elements(data, out); !filled)
        co_return filled.error();
    auto const stored = co_await read_storage(f, data, out);
    if (!stored)
        co_return stored.error();
    auto const heaps = co_await node::load_heaps(f, data.type, out);
    if (!heaps)
        co_return heaps.error();
    co_return out;
}

}  // namespace lindi::array
