#include "types.hpp"

#include <lindi/node/enumeration.hpp>
#include <lindi/zarr/dtype.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::test;
using hdf5::byte_order;
using zarr::item_kind;

namespace {

zarr::item_type item_of(hdf5::datatype_ptr const& type)
{
    return zarr::item_type_of(type).value();
}

std::string dtype_of(hdf5::datatype_ptr const& type)
{
    return item_of(type).dtype;
}

}  // namespace

// Expected dtypes: what h5py 3.7 gives for the types, as Python lindi writes them.
TEST_CASE("dtype: numbers that numpy has are stored as they are")
{
    CHECK(dtype_of(integer(1)) == "|i1");
    CHECK(dtype_of(integer(1, false)) == "|u1");
    CHECK(dtype_of(integer(2)) == "<i2");
    CHECK(dtype_of(integer(8, false, byte_order::big)) == ">u8");
    CHECK(dtype_of(floating(2)) == "<f2");
    CHECK(dtype_of(floating(4)) == "<f4");
    CHECK(dtype_of(floating(8, byte_order::big)) == ">f8");
    CHECK(dtype_of(x87(16)) == "<f16");
    for (auto const& type : {integer(4), integer(4, true, byte_order::big), floating(2), x87(16)}) {
        auto const item = item_of(type);
        CHECK(item.as_stored);
        CHECK(item.is_number());
        CHECK(item.size == type->size);
    }
}

TEST_CASE("dtype: bitfields are unsigned integers, enumerations their base")
{
    auto const bits = make_type(hdf5::type_class::bitfield, 2);
    bits->precision = 16;
    CHECK(dtype_of(bits) == "<u2");
    CHECK(dtype_of(enumeration({{"RED", 0}, {"GREEN", 1}})) == "|i1");
}

TEST_CASE("dtype: only FALSE = 0 and TRUE = 1 are booleans")
{
    CHECK(node::is_boolean(*boolean()));
    CHECK(node::is_boolean(*enumeration({{"TRUE", 1}, {"FALSE", 0}})));
    CHECK_FALSE(node::is_boolean(*enumeration({{"TRUE", 0}, {"FALSE", 1}})));
    CHECK_FALSE(node::is_boolean(*enumeration({{"False", 0}, {"True", 1}})));
    CHECK_FALSE(node::is_boolean(*enumeration({{"FALSE", 0}, {"TRUE", 1}, {"MAYBE", 2}})));
    CHECK_FALSE(node::is_boolean(*enumeration({{"FALSE", 0}, {"FALSE", 0}})));
    CHECK_FALSE(node::is_boolean(*integer(1)));
    auto const item = item_of(boolean());
    CHECK(item.dtype == "|b1");
    CHECK_FALSE(item.is_number());
}

TEST_CASE("dtype: numbers of odd widths are converted to the next one that numpy has")
{
    auto const odd = item_of(integer(3));
    CHECK(odd.dtype == "<i4");
    CHECK_FALSE(odd.as_stored);

    auto const narrow = integer(4);
    narrow->precision = 24;
    CHECK(dtype_of(narrow) == "<i4");
    CHECK_FALSE(item_of(narrow).as_stored);

    CHECK(dtype_of(bfloat16()) == "<f4");
    CHECK_FALSE(item_of(bfloat16()).as_stored);
    CHECK(dtype_of(x87(12)) == "<f16");
    CHECK_FALSE(item_of(x87(12)).as_stored);
}

TEST_CASE("dtype: an eight bit float fits binary16")
{
    auto const tiny = make_type(hdf5::type_class::floating, 1);  // E4M3
    tiny->precision = 8;
    tiny->mantissa_size = 3;
    tiny->exponent_position = 3;
    tiny->exponent_size = 4;
    tiny->exponent_bias = 7;
    tiny->sign_position = 7;
    CHECK(dtype_of(tiny) == "<f2");
}

TEST_CASE("dtype: what numpy cannot hold has no form")
{
    auto const quad = x87(16);
    quad->mantissa_size = 112;
    for (auto const& type : {integer(16), make_type(hdf5::type_class::time, 4), quad}) {
        auto const item = zarr::item_type_of(type);
        REQUIRE(item.has_error());
        CHECK(item.error().code() == errc::unsupported);
        CHECK_FALSE(item.error().detail().empty());
    }
}

TEST_CASE("dtype: strings of fixed size, with NULs at the end as stored")
{
    auto const item = item_of(fixed_string(5));
    CHECK(item.dtype == "|S5");
    CHECK(item.kind == item_kind::fixed_string);
    CHECK(item.as_stored);
    CHECK_FALSE(item_of(fixed_string(5, hdf5::string_pad::space_padded)).as_stored);
    CHECK_FALSE(item_of(fixed_string(5, hdf5::string_pad::null_terminated)).as_stored);
}

TEST_CASE("dtype: complex numbers are compounds of r and i, in this order and of one float type")
{
    auto const item = item_of(compound({{"r", floating(8)}, {"i", floating(8)}}));
    CHECK(item.dtype == "<c16");
    CHECK(item.kind == item_kind::complex);
    CHECK(item.as_stored);
    CHECK(dtype_of(compound({{"r", floating(4)}, {"i", floating(4)}})) == "<c8");
    CHECK(dtype_of(compound({{"i", floating(8)}, {"r", floating(8)}})) == "|O");
    CHECK(dtype_of(compound({{"r", floating(4)}, {"i", floating(8)}})) == "|O");
    CHECK(dtype_of(compound({{"r", integer(4)}, {"i", integer(4)}})) == "|O");

    auto const halves = item_of(compound({{"r", floating(2)}, {"i", floating(2)}}));
    CHECK(halves.dtype == "<c8");
    CHECK_FALSE(halves.as_stored);

    auto const native = make_type(hdf5::type_class::complex, 16);
    native->base = floating(8);
    CHECK(dtype_of(native) == "<c16");
}

TEST_CASE("dtype: opaque bytes are raw, dates of numpy by their tag")
{
    auto const opaque = make_type(hdf5::type_class::opaque, 3);
    CHECK(dtype_of(opaque) == "|V3");
    auto const date = make_type(hdf5::type_class::opaque, 8);
    date->tag = "NUMPY:<M8[us]";
    CHECK(dtype_of(date) == "<M8[us]");
    for (auto const* tag :
         {"NUMPY:<M8[\"]", "NUMPY:<M8", "<M8[us]", "NUMPY:|V8", "NUMPY:<M8[us] "}) {
        CAPTURE(tag);
        date->tag = tag;
        CHECK(dtype_of(date) == "|V8");
    }
}

TEST_CASE("dtype: array types give their dimensions away")
{
    auto const item = item_of(array_of(array_of(integer(2), {4}), {2, 3}));
    CHECK(item.dtype == "<i2");
    CHECK(item.inner == std::vector<std::uint64_t>{2, 3, 4});
    CHECK(item.inner_count() == 24);
    CHECK(item.element->size == 2);
    CHECK(item_of(integer(2)).inner_count() == 1);
}

TEST_CASE("dtype: everything else is objects, and says when JSON has no form for it")
{
    for (auto const& type :
         {variable_string(),
          sequence_of(floating(4)),
          object_reference(),
          compound({{"a", integer(4)}, {"s", variable_string()}})}) {
        auto const item = item_of(type);
        CHECK(item.dtype == "|O");
        CHECK(item.obstacle.empty());
        CHECK_FALSE(item.as_stored);
    }
    CHECK_FALSE(item_of(sequence_of(make_type(hdf5::type_class::opaque, 3))).obstacle.empty());
    CHECK_FALSE(item_of(compound({{"t", make_type(hdf5::type_class::time, 4)}})).obstacle.empty());
    CHECK_FALSE(item_of(compound({{"w", integer(16)}})).obstacle.empty());
}
