#include "hex.hpp"
#include "text.hpp"

#include <lindi/codec/blosc.hpp>
#include <lindi/lindi/inline_data.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::test;

namespace {

struct decoded {
    lindi::bytes items;
    std::string dtype;
};

decoded encoded_and_back(
    graph_builder& b,
    hdf5::datatype_ptr type,
    std::vector<std::uint64_t> extents,
    lindi::bytes const& elements
)
{
    auto const& data = b.data(b.add_dataset(std::move(type), std::move(extents)));
    auto const plan = rfs::plan_dataset(data, {}, {}, 1'000'000);
    text_maker const maker(b, zarr::non_finite::bare);
    auto const chunk = rfs::encode_inline(data, plan, elements, maker.text).value();
    return {codec::decode_blosc({chunk.encoded, 0}, {}, 1'000'000).value(), chunk.dtype};
}

decoded encoded_and_back(
    hdf5::datatype_ptr type, std::vector<std::uint64_t> extents, std::string_view elements
)
{
    graph_builder b;
    return encoded_and_back(b, std::move(type), std::move(extents), hex(elements));
}

}  // namespace

TEST_CASE("inline: arrays keep their byte order, scalars become little-endian")
{
    auto const type = integer(2, true, hdf5::byte_order::big);
    auto const array = encoded_and_back(type, {2}, "00 01 00 02");
    CHECK(array.items == hex("00 01 00 02"));
    CHECK(array.dtype == ">i2");
    auto const scalar = encoded_and_back(type, {}, "00 01");
    CHECK(scalar.items == hex("01 00"));
    CHECK(scalar.dtype == "<i2");
}

// Expected: dtype and chunk of Python lindi for the oracle's cases sc_strings and sc_empty_strings.
TEST_CASE("inline: a text scalar is UTF-32, as wide as it is")
{
    graph_builder b;
    auto const text = encoded_and_back(
        b, variable_string(), {}, heap_element(b, "\xc3\xa9\xf0\x9f\x98\x80", 6, 4096)
    );
    CHECK(text.dtype == "<U2");
    CHECK(text.items == hex("e9 00 00 00 | 00 f6 01 00"));
    auto const empty = encoded_and_back(b, variable_string(), {}, lindi::bytes(16));
    CHECK(empty.dtype == "<U1");
    CHECK(empty.items == hex("00 00 00 00"));
}

TEST_CASE("inline: a fixed string scalar loses the NULs at its end")
{
    auto const text = encoded_and_back(fixed_string(6), {}, "'a' 00 'b' 00 00 00");
    CHECK(text.dtype == "|S3");
    CHECK(text.items == hex("'a' 00 'b'"));
    CHECK(encoded_and_back(fixed_string(4), {}, "00 00 00 00").dtype == "|S1");
    CHECK(encoded_and_back(fixed_string(4), {1}, "00 00 00 00").dtype == "|S4");
}

TEST_CASE("inline: objects are a json2 payload")
{
    graph_builder b;
    auto const rows = encoded_and_back(b, compound({{"x", integer(1)}}), {2}, hex("01 02"));
    CHECK(as_text(rows.items) == R"([[1],[2],"|O",[2]])");
    CHECK(rows.dtype == "|O");
    auto const scalar = encoded_and_back(b, compound({{"x", integer(1)}}), {}, hex("01"));
    CHECK(as_text(scalar.items) == R"([[1],"|O",[1]])");
}

TEST_CASE("inline: elements that are not complete are refused")
{
    graph_builder b;
    auto const& data = b.data(b.add_dataset(integer(4), {2}));
    auto const plan = rfs::plan_dataset(data, {}, {}, 1'000'000);
    text_maker const maker(b);
    CHECK(
        rfs::encode_inline(data, plan, lindi::bytes(7), maker.text).error().code() ==
        errc::truncated
    );
}

TEST_CASE("inline: rows without data still have a type")
{
    auto const rows =
        zarr::item_type_of(compound({{"x", integer(1)}, {"s", variable_string()}})).value();
    CHECK(rfs::compound_dtype_without_data(rows) == R"([["x","int8"],["s","<U1"]])");
    CHECK(rfs::compound_dtype_without_data(zarr::item_type_of(integer(1)).value()).empty());
    auto const opaque = compound({{"o", make_type(hdf5::type_class::opaque, 1)}});
    CHECK(rfs::compound_dtype_without_data(zarr::item_type_of(opaque).value()).empty());
}
