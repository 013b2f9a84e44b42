#include "graphs.hpp"
#include "hex.hpp"

#include <lindi/lindi/plan.hpp>

#include <doctest/doctest.h>

#include <utility>

using namespace lindi;
using namespace lindi::test;
using rfs::data_form;

namespace {

constexpr std::uint64_t file_size = 1'000'000;

node::dataset contiguous(hdf5::datatype_ptr type, std::vector<std::uint64_t> extents)
{
    node::dataset out;
    out.type = std::move(type);
    out.space = shape_of(std::move(extents));
    out.offset = 2048;
    out.contiguous_size = out.space.element_count() * out.type->size;
    return out;
}

node::dataset chunked(
    hdf5::datatype_ptr type, std::vector<std::uint64_t> extents, std::vector<std::uint64_t> chunk
)
{
    auto out = contiguous(std::move(type), std::move(extents));
    out.layout = hdf5::layout_class::chunked;
    out.chunking.shape = std::move(chunk);
    out.chunking.element_size = out.type->size;
    out.chunking.address = 800;
    return out;
}

/// Every chunk stored, unfiltered ones in full size.
void store_chunks(node::dataset& data, std::uint64_t size, std::uint32_t mask = 0)
{
    data.chunks.emplace(data.chunk_grid(), std::nullopt, true);
    for (std::uint64_t n = 0; n < data.chunks->grid_size(); ++n)
        data.chunks->add(n, {2048 + n * size, size, mask});
    REQUIRE(data.chunks->finish());
}

rfs::dataset_plan plan_of(node::dataset const& data, rfs::export_options const& options = {})
{
    return rfs::plan_dataset(data, options, {}, file_size);
}

hdf5::filter filter(std::uint16_t id, std::vector<std::uint32_t> values = {})
{
    return {id, "", 0, std::move(values)};
}

hdf5::virtual_mapping mapping_from(std::string file)
{
    hdf5::virtual_mapping out;
    out.source_file = std::make_shared<std::string const>(std::move(file));
    out.source_dataset = std::make_shared<std::string const>("/source");
    return out;
}

using shape = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("plan: numbers of fewer elements than the limit go inline, others are referenced")
{
    CHECK(plan_of(contiguous(integer(4), {999})).form == data_form::inlined);
    CHECK(plan_of(contiguous(integer(4), {1000})).form == data_form::pieces);
    CHECK(plan_of(contiguous(floating(8), {25, 40})).form == data_form::pieces);
    rfs::export_options options;
    options.inline_below = 5;
    CHECK(plan_of(contiguous(integer(4), {5}), options).form == data_form::pieces);
}

TEST_CASE("plan: scalars, strings, booleans and objects go inline whatever their number")
{
    for (auto const& data :
         {contiguous(integer(4), {}),
          contiguous(fixed_string(4), {5000}),
          contiguous(boolean(), {5000}),
          contiguous(variable_string(), {5000}),
          contiguous(object_reference(), {5000})}) {
        auto const plan = plan_of(data);
        CHECK(plan.form == data_form::inlined);
        CHECK(plan.inline_codecs);
        CHECK(plan.chunks == plan.shape);
    }
}

TEST_CASE("plan: scalars are arrays of one element, unless their type is an array")
{
    CHECK(plan_of(contiguous(integer(4), {})).shape == shape{1});
    CHECK(plan_of(contiguous(array_of(integer(4), {3}), {})).shape == shape{3});
    CHECK(plan_of(contiguous(array_of(integer(4), {3}), {4})).shape == shape{4, 3});
}

TEST_CASE("plan: what does not fit inline_bytes is linked")
{
    limits max;
    max.inline_bytes = 4999;
    auto const plan = rfs::plan_dataset(contiguous(boolean(), {5000}), {}, max, file_size);
    CHECK(plan.form == data_form::linked);
    CHECK_FALSE(plan.problem);
}

TEST_CASE("plan: datasets without dataspace or Zarr type are left out, and that is a problem")
{
    auto null = contiguous(integer(4), {});
    null.space.what = hdf5::dataspace::kind::null;
    auto const time = contiguous(make_type(hdf5::type_class::time, 4), {5});
    for (node::dataset const* data : {&std::as_const(null), &time}) {
        auto const plan = plan_of(*data);
        CHECK(plan.form == data_form::left_out);
        CHECK(plan.problem);
        CHECK_FALSE(plan.why.empty());
        CHECK_FALSE(rfs::has_zarr_form(*data));
    }
    CHECK(rfs::has_zarr_form(contiguous(integer(4), {5})));
    auto const huge = contiguous(integer(8), {std::uint64_t{1} << 62});
    CHECK(plan_of(huge).form == data_form::left_out);
}

TEST_CASE("plan: chunks and filters are those of HDF5")
{
    auto data = chunked(integer(2), {33, 70}, {10, 32});
    data.filters.filters = {filter(2, {2}), filter(1, {4})};
    auto const plan = plan_of(data);
    CHECK(plan.form == data_form::references);
    CHECK(plan.chunks == shape{10, 32});
    CHECK(plan.filters == R"([{"elementsize":2,"id":"shuffle"},{"id":"zlib","level":4}])");
    CHECK(rfs::needs_chunk_table(data, plan));
}

TEST_CASE("plan: more chunks than the threshold are a link")
{
    rfs::export_options options;
    CHECK(plan_of(chunked(integer(4), {2000}, {2})).form == data_form::references);
    CHECK(plan_of(chunked(integer(4), {2001}, {2})).form == data_form::linked);
    options.num_chunks_threshold = std::nullopt;
    CHECK(plan_of(chunked(integer(4), {2001}, {2}), options).form == data_form::references);
    options.num_chunks_threshold = 4;
    auto const small = plan_of(chunked(integer(4), {20}, {2}), options);
    CHECK(small.form == data_form::linked);
    CHECK(small.chunks == shape{20});
    CHECK(plan_of(chunked(boolean(), {20}, {2}), options).form == data_form::inlined);
}

TEST_CASE("plan: filters without a codec are a link, a wrong order is encoded again")
{
    auto data = chunked(integer(4), {2000}, {1000});
    data.filters.filters = {filter(32000)};
    CHECK(plan_of(data).form == data_form::linked);
    data.filters.filters = {filter(1, {4}), filter(2, {4})};
    CHECK(plan_of(data).form == data_form::inlined);
    CHECK(plan_of(data).chunks == shape{2000});
    data.chunking.address = hdf5::undefined_address;  // nothing was written: no filter matters
    CHECK(plan_of(data).form == data_form::no_chunks);
}

TEST_CASE("plan: chunks that all skipped a filter do not have it, mixed ones are a link")
{
    auto data = chunked(integer(4), {2000}, {1000});
    data.filters.filters = {filter(1, {6})};
    store_chunks(data, 4000, 1);
    auto const plan = plan_of(data);
    CHECK(plan.form == data_form::references);
    CHECK(plan.filters == "null");

    data.chunks.emplace(data.chunk_grid(), std::nullopt, true);
    data.chunks->add(0, {2048, 100, 0});
    data.chunks->add(1, {2148, 4000, 1});
    REQUIRE(data.chunks->finish());
    CHECK(plan_of(data).form == data_form::linked);
}

TEST_CASE("plan: unfiltered chunks at the edges are a link")
{
    auto data = chunked(integer(4), {1500}, {1000});
    data.filters.filters = {filter(1, {6})};
    data.chunking.partial_edges_unfiltered = true;
    store_chunks(data, 100);
    CHECK(plan_of(data).form == data_form::linked);
    data.space = shape_of({2000});
    CHECK(plan_of(data).form == data_form::references);
}

TEST_CASE("plan: readers must not take zeros for data that are not in the file")
{
    auto data = contiguous(integer(4), {1000});
    data.offset = file_size - 3999;
    CHECK(plan_of(data).form == data_form::linked);
    CHECK(plan_of(data).problem);
    data.offset = ~std::uint64_t{0} - 1;
    CHECK(plan_of(data).form == data_form::linked);
    data.offset = file_size - 4000;
    CHECK(plan_of(data).form == data_form::pieces);
    data.contiguous_size = 3999;
    CHECK(plan_of(data).form == data_form::linked);

    auto chunks = chunked(integer(4), {2000}, {1000});
    store_chunks(chunks, 3999);
    CHECK(plan_of(chunks).form == data_form::linked);
    store_chunks(chunks, 4000);
    CHECK(plan_of(chunks).form == data_form::references);
    CHECK(rfs::plan_dataset(chunks, {}, {}, 5000).form == data_form::linked);
}

TEST_CASE("plan: a cut checksum must be there")
{
    auto data = chunked(integer(4), {2000}, {1000});
    data.filters.filters = {filter(1, {6}), filter(3)};
    store_chunks(data, 3);
    CHECK(plan_of(data).form == data_form::linked);
    CHECK(plan_of(data).problem);
}

TEST_CASE("plan: one big unfiltered chunk is cut like data in one piece")
{
    rfs::export_options options;
    options.max_contiguous_chunk = 4000;
    auto data = chunked(integer(4), {2000}, {2000});
    CHECK(rfs::needs_chunk_table(data, plan_of(data, options)));
    store_chunks(data, 8000);
    auto const plan = plan_of(data, options);
    CHECK(plan.form == data_form::pieces);
    CHECK(plan.chunks == shape{1000});
    CHECK(plan.offset == 2048);

    data.filters.filters = {filter(2, {4})};
    CHECK(plan_of(data, options).form == data_form::references);
    data.filters.filters.clear();
    data.chunks.emplace(data.chunk_grid(), std::nullopt, true);  // not stored
    REQUIRE(data.chunks->finish());
    CHECK(plan_of(data, options).form == data_form::no_chunks);
}

TEST_CASE("plan: never written data are their fill value")
{
    auto data = contiguous(integer(4), {1500});
    data.offset.reset();
    data.fill = {hdf5::fill_value::state::user, {}, {}, hex("03 00 00 00")};
    auto const plan = plan_of(data);
    CHECK(plan.form == data_form::no_chunks);
    CHECK(plan.fill_value == "3");
    CHECK_FALSE(plan.inline_codecs);
}

TEST_CASE("plan: a fill value without a Zarr form is encoded, unless every chunk is stored")
{
    auto data = chunked(array_of(integer(1), {2}), {2000}, {1000});
    data.fill = {hdf5::fill_value::state::user, {}, {}, hex("01 02")};
    store_chunks(data, 2000);
    CHECK(plan_of(data).form == data_form::references);
    data.chunks.emplace(data.chunk_grid(), std::nullopt, true);
    data.chunks->add(0, {2048, 2000, 0});
    REQUIRE(data.chunks->finish());
    CHECK(plan_of(data).form == data_form::inlined);
}

TEST_CASE("plan: a fill value of the wrong size is damage")
{
    auto data = contiguous(integer(4), {1500});
    data.fill = {hdf5::fill_value::state::user, {}, {}, hex("03 00")};
    CHECK(plan_of(data).form == data_form::linked);
    CHECK(plan_of(data).problem);
}

TEST_CASE("plan: data outside of the file are a link, compact ones go inline")
{
    auto data = contiguous(integer(4), {1500});
    data.external = {{"x.bin", 0, 6000}};
    CHECK(plan_of(data).form == data_form::linked);
    CHECK(plan_of(data).problem);
    data.external.clear();
    data.layout = hdf5::layout_class::virtual_;
    data.mappings = {mapping_from(".")};
    CHECK(plan_of(data).form == data_form::linked);
    CHECK_FALSE(plan_of(data).problem);
    data.mappings = {mapping_from("other.h5")};
    CHECK(plan_of(data).problem);

    data.layout = hdf5::layout_class::compact;
    CHECK(plan_of(data).form == data_form::inlined);
}

TEST_CASE("plan: virtual data of unlimited extent are a link, whatever shape is stored")
{
    auto data = contiguous(integer(4), {0, 6});
    data.layout = hdf5::layout_class::virtual_;
    data.mappings = {mapping_from(".")};
    CHECK(plan_of(data).form == data_form::no_chunks);
    data.mappings[0].target.regular = {{0, 1, hdf5::unlimited, 1}, {0, 1, 6, 1}};
    CHECK(plan_of(data).form == data_form::linked);
    CHECK(plan_of(data).chunks == shape{1, 1});
    CHECK(plan_of(data).problem);
}

TEST_CASE("plan: numbers that are not stored as numpy has them are converted")
{
    auto const plan = plan_of(contiguous(bfloat16(), {1500}));
    CHECK(plan.form == data_form::inlined);
    CHECK(plan.item.dtype == "<f4");
}

TEST_CASE("plan: no elements, no chunks")
{
    auto plan = plan_of(contiguous(floating(8), {0, 5}));
    CHECK(plan.form == data_form::no_chunks);
    CHECK(plan.chunks == shape{1, 1});
    CHECK_FALSE(plan.inline_codecs);

    auto data = chunked(floating(4), {0}, {100});
    data.filters.filters = {filter(2, {4}), filter(1, {4})};
    plan = plan_of(data);
    CHECK(plan.form == data_form::no_chunks);
    CHECK(plan.chunks == shape{100});
    CHECK(plan.filters == R"([{"elementsize":4,"id":"shuffle"},{"id":"zlib","level":4}])");

    plan = plan_of(contiguous(fixed_string(7), {0, 2}));
    CHECK(plan.chunks == shape{1, 2});
    CHECK(plan.inline_codecs);
    CHECK(plan_of(contiguous(boolean(), {0})).chunks == shape{1});
}

TEST_CASE("plan: layouts that contradict shape and type are a link")
{
    auto data = chunked(integer(4), {2000}, {1000});
    data.chunking.shape = {10, 10};
    CHECK(plan_of(data).form == data_form::linked);
    data = chunked(integer(4), {2000}, {1000});
    data.chunking.element_size = 8;
    CHECK(plan_of(data).form == data_form::linked);
    CHECK(plan_of(data).problem);
}
