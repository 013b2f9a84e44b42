#include <lindi/zarr/filters.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using use = zarr::filter_form::use;

namespace {

hdf5::filter filter(std::uint16_t id, std::vector<std::uint32_t> values = {}, std::string name = {})
{
    return {id, std::move(name), 0, std::move(values)};
}

zarr::filter_form form_of(std::vector<hdf5::filter> filters)
{
    return zarr::filters_of({std::move(filters)}, 4);
}

auto const shuffle = filter(2, {4});
auto const deflate = filter(1, {6});
auto const checksum = filter(3);

}  // namespace

// Expected codecs: Python lindi's output for the oracle's cases st_*.
TEST_CASE("filters: none is null")
{
    auto const form = form_of({});
    CHECK(form.how == use::reference);
    CHECK(form.codecs == "null");
    CHECK(form.cut == 0);
}

TEST_CASE("filters: shuffle and deflate, in HDF5's order")
{
    CHECK(form_of({deflate}).codecs == R"([{"id":"zlib","level":6}])");
    auto const form = form_of({shuffle, deflate});
    CHECK(form.how == use::reference);
    CHECK(form.codecs == R"([{"elementsize":4,"id":"shuffle"},{"id":"zlib","level":6}])");
    CHECK(form_of({filter(2)}).codecs == R"([{"elementsize":4,"id":"shuffle"}])");
}

TEST_CASE("filters: a checksum behind a compressor is cut off")
{
    auto const form = form_of({shuffle, deflate, checksum});
    CHECK(form.codecs == R"([{"elementsize":4,"id":"shuffle"},{"id":"zlib","level":6}])");
    CHECK(form.cut == 4);
    CHECK(form_of({deflate, checksum, checksum}).cut == 8);
}

TEST_CASE("filters: a checksum of uncompressed data stays, as does one before the compressor")
{
    CHECK(form_of({checksum}).codecs == R"([{"id":"fletcher32"}])");
    CHECK(form_of({checksum}).cut == 0);
    CHECK(form_of({shuffle, checksum}).cut == 0);
    CHECK(
        form_of({shuffle, checksum, deflate}).codecs ==
        R"([{"elementsize":4,"id":"shuffle"},{"id":"fletcher32"},{"id":"zlib","level":6}])"
    );
}

TEST_CASE("filters: one that is there twice is listed twice")
{
    CHECK(
        form_of({filter(1, {1}), filter(1, {9})}).codecs ==
        R"([{"id":"zlib","level":1},{"id":"zlib","level":9}])"
    );
}

TEST_CASE("filters: shuffle anywhere but first is to be encoded again")
{
    CHECK(form_of({deflate, shuffle}).how == use::reencode);
    CHECK(form_of({checksum, shuffle, deflate}).how == use::reencode);
    CHECK(form_of({shuffle, shuffle}).how == use::reencode);
}

TEST_CASE("filters: blosc with its seven values, zstd with its level")
{
    CHECK(
        form_of({filter(32001, {2, 2, 4, 4000, 5, 1, 1})}).codecs ==
        R"([{"blocksize":4000,"clevel":5,"cname":"lz4","id":"blosc","shuffle":1}])"
    );
    CHECK(form_of({filter(32001, {2, 2, 4, 4000, 5, 1})}).how == use::link);
    CHECK(form_of({filter(32001, {2, 2, 4, 4000, 5, 1, 6})}).how == use::link);
    CHECK(form_of({filter(32015, {3})}).codecs == R"([{"id":"zstd","level":3}])");
    CHECK(form_of({filter(32015)}).codecs == R"([{"id":"zstd","level":0}])");
}

TEST_CASE("filters: others have no codec, and the reason names them")
{
    for (auto const id : std::vector<std::uint16_t>{4, 5, 6, 32000, 32004, 32008, 32099})
        CHECK(form_of({filter(id)}).how == use::link);
    auto const form = form_of({shuffle, filter(32000, {}, "lzf"), deflate});
    CHECK(form.how == use::link);
    CHECK(form.codecs == "null");
    CHECK(form.why == "Zarr has no codec for filter 32000 (lzf)");
    CHECK(form_of({filter(2, {0})}).how == use::link);
}
