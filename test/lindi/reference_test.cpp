#include "graphs.hpp"

#include <lindi/lindi/reference.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::test;

namespace {

std::string written(node::dataset const& data, rfs::dataset_plan const& plan)
{
    std::string text;
    auto const sink = [&text](std::string_view block) -> result<void> {
        text += block;
        return {};
    };
    rfs::json_writer out(sink, 1'000'000);
    out.open_object();
    rfs::write_references(out, data, plan, "x/", "u");
    REQUIRE(out.finish().has_value());
    return text;
}

rfs::dataset_plan plan_of(node::dataset const& data, std::optional<std::uint64_t> max_piece = 1000)
{
    rfs::export_options options;
    options.max_contiguous_chunk = max_piece;
    options.inline_below = 1;
    return rfs::plan_dataset(data, options, {}, ~std::uint64_t{0} / 2);
}

/// A chunked dataset with chunk `number` at 1000 * number.
node::dataset chunked(
    std::vector<std::uint64_t> extents,
    std::vector<std::uint64_t> chunk,
    std::vector<std::uint64_t> const& numbers
)
{
    node::dataset data;
    data.type = integer(4);
    data.space = shape_of(std::move(extents));
    data.layout = hdf5::layout_class::chunked;
    data.chunking.shape = std::move(chunk);
    data.chunking.element_size = 4;
    data.chunking.address = 1;
    data.chunks.emplace(data.chunk_grid(), std::nullopt, true);
    for (auto const n : numbers)
        data.chunks->add(n, {1000 * n, 100, 0});
    REQUIRE(data.chunks->finish());
    return data;
}

}  // namespace

TEST_CASE("references: a key for every stored chunk")
{
    auto const data = chunked({8, 6}, {4, 2}, {0, 2, 4});
    auto const plan = plan_of(data);
    REQUIRE(plan.form == rfs::data_form::references);
    CHECK(rfs::count_references(data, plan) == 3);
    CHECK(
        written(data, plan) ==
        "{\n\"x/0.0\": [\"u\",0,100],\n\"x/0.2\": [\"u\",2000,100],\n\"x/1.1\": [\"u\",4000,100]"
    );
}

TEST_CASE("references: keys of one and of many dimensions")
{
    auto const line = chunked({3000}, {1}, {0, 9, 1234});
    rfs::export_options options;
    options.num_chunks_threshold = std::nullopt;
    auto const plan = rfs::plan_dataset(line, options, {}, 10'000'000);
    CHECK(
        written(line, plan) ==
        "{\n\"x/0\": [\"u\",0,100],\n\"x/9\": [\"u\",9000,100],\n\"x/1234\": [\"u\",1234000,100]"
    );
    auto const deep = chunked({2, 2, 3, 5}, {1, 2, 1, 3}, {0, 1, 11});
    CHECK(
        written(deep, plan_of(deep)) ==
        "{\n\"x/0.0.0.0\": [\"u\",0,100],\n\"x/0.0.0.1\": [\"u\",1000,100],\n"
        "\"x/1.0.2.1\": [\"u\",11000,100]"
    );
}

TEST_CASE("references: dimensions of array types have one chunk")
{
    auto data = chunked({4}, {2}, {0, 1});
    data.type = array_of(integer(2), {2});
    CHECK(
        written(data, plan_of(data)) == "{\n\"x/0.0\": [\"u\",0,100],\n\"x/1.0\": [\"u\",1000,100]"
    );
}

TEST_CASE("references: a checksum at the end of each chunk is left out")
{
    auto data = chunked({4}, {2}, {1});
    data.filters.filters = {{1, "", 0, {6}}, {3, "", 0, {}}};
    CHECK(written(data, plan_of(data)) == "{\n\"x/1\": [\"u\",1000,96]");
}

// Expected pieces: Python lindi on the oracle's case st_opt_split (pieces of at most 1000 bytes).
TEST_CASE("references: one piece is cut along the first dimension")
{
    node::dataset data;
    data.type = integer(4);
    data.offset = 2048;

    data.space = shape_of({1000});
    data.contiguous_size = 4000;
    auto plan = plan_of(data);
    REQUIRE(plan.form == rfs::data_form::pieces);
    CHECK(plan.chunks == std::vector<std::uint64_t>{250});
    CHECK(rfs::count_references(data, plan) == 4);
    CHECK(
        written(data, plan) ==
        "{\n\"x/0\": [\"u\",2048,1000],\n\"x/1\": [\"u\",3048,1000],\n\"x/2\": [\"u\",4048,1000],\n"
        "\"x/3\": [\"u\",5048,1000]"
    );

    data.space = shape_of({3, 400});
    data.contiguous_size = 4800;
    plan = plan_of(data);
    CHECK(plan.chunks == std::vector<std::uint64_t>{1, 400});
    CHECK(
        written(data, plan) == "{\n\"x/0.0\": [\"u\",2048,1600],\n\"x/1.0\": "
                               "[\"u\",3648,1600],\n\"x/2.0\": [\"u\",5248,1600]"
    );
}

TEST_CASE("references: the last piece is as long as what is left")
{
    node::dataset data;
    data.type = floating(8);
    data.offset = 0;
    data.space = shape_of({11, 101});
    data.contiguous_size = 8888;
    auto const plan = plan_of(data, 2000);
    CHECK(plan.chunks == std::vector<std::uint64_t>{2, 101});
    auto const text = written(data, plan);
    CHECK(text.find("\"x/4.0\": [\"u\",6464,1616],\n\"x/5.0\": [\"u\",8080,808]") != text.npos);
}

TEST_CASE("references: data of exactly the limit, and all data without one, are one piece")
{
    node::dataset data;
    data.type = integer(1);
    data.offset = 7;
    data.space = shape_of({1000});
    data.contiguous_size = 1000;
    CHECK(written(data, plan_of(data)) == "{\n\"x/0\": [\"u\",7,1000]");
    CHECK(written(data, plan_of(data, std::nullopt)) == "{\n\"x/0\": [\"u\",7,1000]");
}
