#include "hex.hpp"
#include "text.hpp"

#include <lindi/lindi/json2.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::test;

namespace {

rfs::json2_payload payload_of(
    graph_builder& b,
    hdf5::datatype_ptr const& type,
    lindi::bytes const& elements,
    std::vector<std::uint64_t> shape
)
{
    text_maker const maker(b, zarr::non_finite::bare);
    return rfs::json2_of(zarr::item_type_of(type).value(), elements, shape, maker.text).value();
}

}  // namespace

// Expected: payloads of Python lindi, decoded from the oracle's cases dt_vlen_str and dt_compound.
TEST_CASE("json2: strings nested by dimension, then the dtype and the shape")
{
    graph_builder b;
    auto elements = heap_element(b, "abc", 3, 4096);
    elements.resize(32);  // the second one was never written
    CHECK(payload_of(b, variable_string(), elements, {2}).text == R"(["abc","","|O",[2]])");
    CHECK(
        payload_of(b, variable_string(), elements, {2, 1}).text == R"([["abc"],[""],"|O",[2,1]])"
    );
}

TEST_CASE("json2: compounds are rows, and their type is told apart")
{
    graph_builder b;
    auto const type =
        compound({{"x", integer(4)}, {"y", floating(4)}, {"b", boolean()}, {"s", fixed_string(3)}});
    auto const rows =
        hex("01 00 00 00 | 00 00 20 40 | 01 | 'ab' 00 | ff ff ff ff | 00 00 c0 7f | 00 | 00 00 00");
    auto const payload = payload_of(b, type, rows, {2});
    CHECK(payload.text == R"([[1,2.5,true,"ab"],[-1,NaN,false,""],"|O",[2]])");
    CHECK(payload.compound_dtype == R"([["x","int32"],["y","float32"],["b","bool"],["s","|S3"]])");
}

TEST_CASE("json2: text fields are as wide as the longest value, in code points")
{
    graph_builder b;
    auto elements = heap_element(b, "\xc3\xa9\xc3\xa9\xc3\xa9", 6, 4096);
    auto const other = heap_element(b, "ab", 2, 8192);
    elements.insert(elements.end(), other.begin(), other.end());
    auto const payload = payload_of(b, compound({{"n", variable_string()}}), elements, {2});
    CHECK(payload.text == R"([["\u00e9\u00e9\u00e9"],["ab"],"|O",[2]])");
    CHECK(payload.compound_dtype == R"([["n","<U3"]])");
}

TEST_CASE("json2: sequences of variable length are lists")
{
    graph_builder b;
    auto elements = heap_element(b, std::string_view("\1\2", 2), 2, 4096);
    elements.resize(32);
    CHECK(payload_of(b, sequence_of(integer(1)), elements, {2}).text == R"([[1,2],[],"|O",[2]])");
}

TEST_CASE("json2: text beyond the limit is refused")
{
    graph_builder b;
    text_maker const maker(b, zarr::non_finite::bare, 50);
    auto const type = compound({{"x", integer(1)}});
    std::vector<std::uint64_t> const shape{1000};
    auto const payload =
        rfs::json2_of(zarr::item_type_of(type).value(), lindi::bytes(1000), shape, maker.text);
    CHECK(payload.error().code() == errc::too_large);
}
