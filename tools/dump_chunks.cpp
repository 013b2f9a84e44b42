#include "dump_chunks.hpp"

#include "sha256.hpp"

#include <lindi/core/checked.hpp>

#include <algorithm>

namespace lindi::tools {
namespace {

/// Tables are summed up to this many chunks, and listed up to that many.
constexpr std::uint64_t max_summed = 5000;
constexpr std::uint64_t max_listed = 64;

char const* index_name(hdf5::chunk_index_type index)
{
    switch (index) {
    case hdf5::chunk_index_type::btree_v1:
        return "btree1";
    case hdf5::chunk_index_type::single:
        return "single";
    case hdf5::chunk_index_type::implicit:
        return "implicit";
    case hdf5::chunk_index_type::fixed_array:
        return "farray";
    case hdf5::chunk_index_type::extensible_array:
        return "earray";
    case hdf5::chunk_index_type::btree_v2:
        return "btree2";
    }
    return "?";
}

struct placed_chunk {
    std::vector<std::uint64_t> origin;  ///< first element
    node::stored_chunk stored;
};

/// From places in chunks to places in elements.
std::vector<std::uint64_t> scaled(std::vector<std::uint64_t> position, node::dataset const& data)
{
    for (std::size_t d = 0; d < position.size(); ++d)
        position[d] =
            checked_multiply(position[d], data.chunking.shape[d]).value_or(~std::uint64_t{0});
    return position;
}

std::vector<std::uint64_t> position_of(std::uint64_t number, std::span<std::uint64_t const> grid)
{
    std::vector<std::uint64_t> position(grid.size());
    for (auto d = grid.size(); d-- > 0; number /= grid[d])
        position[d] = number % grid[d];
    return position;
}

/// All chunks of the index in order of their origins, those outside the dataset included.
std::vector<placed_chunk> placed_chunks(node::dataset const& data)
{
    std::vector<placed_chunk> out;
    data.chunks->for_each([&](std::uint64_t number, node::stored_chunk const& chunk) {
        out.push_back({scaled(position_of(number, data.chunks->grid()), data), chunk});
    });
    for (auto const& outside : data.chunks->outside())
        out.push_back({scaled(outside.position, data), outside.chunk});
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) {
        return a.origin < b.origin;
    });
    return out;
}

std::string line_of(placed_chunk const& chunk)
{
    std::string line;
    for (auto const n : chunk.origin)
        line.append(line.empty() ? "" : ",").append(std::to_string(n));
    for (auto const n :
         {chunk.stored.offset, chunk.stored.size, std::uint64_t{chunk.stored.filter_mask}})
        line.append(":").append(std::to_string(n));
    return line.append("\n");
}

void put_sum(json_writer& w, std::vector<placed_chunk> const& chunks)
{
    sha256 sum;
    std::uint64_t masked = 0;
    for (auto const& chunk : chunks) {
        sum.add(line_of(chunk));
        masked += chunk.stored.filter_mask != 0 ? 1 : 0;
    }
    w.member("sha256", sum.finish());
    if (masked != 0)
        w.member("n_masked", masked);
}

void put_list(json_writer& w, std::vector<placed_chunk> const& chunks)
{
    w.key("list");
    w.begin_array();
    for (auto const& chunk : chunks) {
        w.begin_array();
        w.begin_array();
        for (auto const n : chunk.origin)
            w.number(n);
        w.end_array();
        w.number(chunk.stored.offset);
        w.number(chunk.stored.size);
        w.number(chunk.stored.filter_mask);
        w.end_array();
    }
    w.end_array();
}

}  // namespace

void put_chunks(json_writer& w, node::dataset const& data)
{
    put_numbers(w, "chunk", data.chunking.shape);
    if (data.chunking.partial_edges_unfiltered)
        w.member("dont_filter_partial_edge_chunks", true);
    w.member("chunk_index", index_name(data.chunking.index));
    if (!data.chunks)
        return;
    w.key("chunks");
    w.begin_object();
    auto const count = data.chunks->count() + data.chunks->outside().size();
    w.member("count", count);
    if (count <= max_summed) {
        auto const chunks = placed_chunks(data);
        put_sum(w, chunks);
        if (count <= max_listed)
            put_list(w, chunks);
    }
    w.end_object();
}

}  // namespace lindi::tools
