#include "dump_chunks.hpp"
#include "dump_support.hpp"
#include "sha256.hpp"

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::tools;

TEST_CASE_FIXTURE(
    dump_fixture, "dump chunks: origins in elements, sums over their lines, those outside included"
)
{
    node::dataset data;
    data.layout = hdf5::layout_class::chunked;
    data.chunking.shape = {10, 3};
    data.chunks.emplace(std::vector<std::uint64_t>{2, 2}, std::nullopt, false);
    data.chunks->add(3, {900, 7, 1});
    data.chunks->add(0, {800, 5, 0});
    data.chunks->add_outside({{0, 2}, {700, 6, 0}});
    REQUIRE(data.chunks->finish());
    auto const sum = sha256_of(as_bytes("0,0:800:5:0\n0,6:700:6:0\n10,3:900:7:1\n"));
    CHECK(
        written([&](json_writer& w) {
            w.begin_object();
            put_chunks(w, data);
            w.end_object();
        }) ==
        R"({"chunk": [10, 3], "chunk_index": "btree1", "chunks": {"count": 3, "sha256": ")" + sum +
            R"(", "n_masked": 1, "list": [[[0, 0], 800, 5, 0], [[0, 6], 700, 6, 0], [[10, 3], 900, 7, 1]]}})"
    );
}

TEST_CASE_FIXTURE(dump_fixture, "dump chunks: a table that was not loaded is left out")
{
    node::dataset data;
    data.layout = hdf5::layout_class::chunked;
    data.chunking.shape = {4};
    data.chunking.index = hdf5::chunk_index_type::fixed_array;
    data.chunking.partial_edges_unfiltered = true;
    CHECK(
        written([&](json_writer& w) {
            w.begin_object();
            put_chunks(w, data);
            w.end_object();
        }) == R"({"chunk": [4], "dont_filter_partial_edge_chunks": true, "chunk_index": "farray"})"
    );
}
