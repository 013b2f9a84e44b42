#include "dump_chunks.hpp"

#include "sha256.hpp"

namespace lindi::tools {
namespace {

/// Tables are summed up to this many chunks, and listed up to that many.
constexpr std::uint64_t max_summed = 5000;
constexpr std::uint64_t max_listed = 64;

char const* index_name(hdf5::chunk_index_type index)
{
    switch (index) {
    case hdf5::chunk_index_type::btree_v1: return "btree1";
    case hdf5::chunk_index_type::single: return "single";
    case hdf5::chunk_index_type::implicit: return "implicit";
    case hdf5::chunk_index_type::fixed_array: return "farray";
    case hdf5::chunk_index_type::extensible_array: return "earray";
    case hdf5::chunk_index_type::btree_v2: return "btree2";
    }
    return "?";
}

/// First element of a chunk.
std::vector<std::uint64_t> origin_of(std::uint64_t number, node::dataset const& data)
{
    auto const grid = data.chunks->grid();
    std::vector<std::uint64_t> origin(grid.size());
    for (auto d = grid.size(); d-- > 0;) {
        origin[d] = number % grid[d] * data.chunking.shape[d];
        number /= grid[d];
    }
    return origin;
}

std::string line_of(std::vector<std::uint64_t> const& origin, node::stored_chunk const& chunk)
{
    std::string line;
    for (auto const n : origin)
        line.append(line.empty() ? "" : ",").append(std::to_string(n));
    for (auto const n : {chunk.offset, chunk.size, std::uint64_t{chunk.filter_mask}})
        line.append(":").append(std::to_string(n));
    return line.append("\n");
}

void write_chunk(json_writer& w, std::vector<std::uint64_t> const& origin, node::stored_chunk const& chunk)
{
    w.begin_array();
    w.begin_array();
    for (auto const n : origin)
        w.number(n);
    w.end_array();
    w.number(chunk.offset);
    w.number(chunk.size);
    w.number(chunk.filter_mask);
    w.end_array();
}

void put_sum(json_writer& w, node::dataset const& data)
{
    sha256 sum;
    std::uint64_t masked = 0;
    data.chunks->for_each([&](std::uint64_t number, node::stored_chunk const& chunk) {
        sum.add(line_of(origin_of(number, data), chunk));
        masked += chunk.filter_mask != 0 ? 1 : 0;
    });
    w.member("sha256", sum.finish());
    if (masked != 0)
        w.member("n_masked", masked);
}

void put_list(json_writer& w, node::dataset const& data)
{
    w.key("list");
    w.begin_array();
    data.chunks->for_each([&](std::uint64_t number, node::stored_chunk const& chunk) {
        write_chunk(w, origin_of(number, data), chunk);
    });
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
    w.member("count", data.chunks->count());
    if (data.chunks->count() <= max_summed)
        put_sum(w, data);
    if (data.chunks->count() <= max_listed)
        put_list(w, data);
    w.end_object();
}

}  // namespace lindi::tools
