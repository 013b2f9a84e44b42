#include "type_text.hpp"

#include <doctest/doctest.h>

using namespace lindi;
using hdf5::type_class;
using tools::type_text;

namespace {

hdf5::datatype number(type_class what, std::uint32_t size, bool is_signed = true)
{
    hdf5::datatype out;
    out.what = what;
    out.size = size;
    out.precision = static_cast<std::uint16_t>(8 * size);
    out.is_signed = is_signed;
    if (what == type_class::floating && size == 4) {
        out.sign_position = 31;
        out.exponent_position = 23;
        out.exponent_size = 8;
        out.mantissa_size = 23;
        out.exponent_bias = 127;
    }
    return out;
}

hdf5::datatype_ptr shared(hdf5::datatype type)
{
    return std::make_shared<hdf5::datatype const>(std::move(type));
}

}  // namespace

TEST_CASE("type text: numbers say width, byte order and odd precision")
{
    CHECK(type_text(number(type_class::integer, 4)) == "int32");
    CHECK(type_text(number(type_class::integer, 1, false)) == "uint8");
    CHECK(type_text(number(type_class::floating, 4)) == "float32");
    auto big = number(type_class::integer, 2);
    big.order = hdf5::byte_order::big;
    CHECK(type_text(big) == "int16be");
    big.precision = 12;
    big.bit_offset = 3;
    CHECK(type_text(big) == "int16be[12 bits at 3]");
}

TEST_CASE("type text: bfloat16 and unknown formats")
{
    auto half = number(type_class::floating, 2);
    half.exponent_size = 8;
    half.mantissa_size = 7;
    CHECK(type_text(half) == "bfloat16");
    half.exponent_size = 4;
    CHECK(type_text(half) == "float16[exponent 4, mantissa 7]");
}

TEST_CASE("type text: strings, lists, arrays and references")
{
    hdf5::datatype text;
    text.what = type_class::string;
    text.size = 9;
    CHECK(type_text(text) == "string[9]");
    hdf5::datatype list;
    list.what = type_class::variable_length;
    list.size = 16;
    list.base = shared(number(type_class::integer, 8));
    CHECK(type_text(list) == "list of int64");
    list.is_variable_string = true;
    list.charset = hdf5::character_set::utf8;
    CHECK(type_text(list) == "utf8 string");
    hdf5::datatype array;
    array.what = type_class::array;
    array.size = 24;
    array.dimensions = {2, 3};
    array.base = shared(number(type_class::floating, 4));
    CHECK(type_text(array) == "float32(2, 3)");
    hdf5::datatype reference;
    reference.what = type_class::reference;
    reference.size = 8;
    CHECK(type_text(reference) == "object reference");
}

TEST_CASE("type text: members by name, h5py's booleans by theirs, long lists cut")
{
    hdf5::datatype compound;
    compound.what = type_class::compound;
    compound.size = 8;
    compound.members = {
        {"x", 0, shared(number(type_class::integer, 4))},
        {"a\nb", 4, shared(number(type_class::integer, 4))}};
    CHECK(type_text(compound) == "compound{x: int32, a\\nb: int32}");

    hdf5::datatype choice;
    choice.what = type_class::enumeration;
    choice.size = 1;
    choice.base = shared(number(type_class::integer, 1));
    choice.values = {{"LOW", {std::byte{0xff}}}, {"HIGH", {std::byte{1}}}};
    CHECK(type_text(choice) == "enum int8{LOW=-1, HIGH=1}");
    choice.values = {{"FALSE", {std::byte{0}}}, {"TRUE", {std::byte{1}}}};
    CHECK(type_text(choice) == "bool");
    choice.values.assign(100, {"N", {std::byte{0}}});
    CHECK(type_text(choice).ends_with("N=0, ...}"));
}

TEST_CASE("shape text: extents, with the maximum where it differs")
{
    using kind = hdf5::dataspace::kind;
    auto const any = hdf5::dataspace::unlimited;
    CHECK(tools::shape_text({kind::simple, {3, 4}, {3, 4}}) == "(3, 4)");
    CHECK(tools::shape_text({kind::simple, {3, 4}, {any, 4}}) == "(3, 4) of (*, 4)");
    CHECK(tools::shape_text({kind::scalar, {}, {}}) == "scalar");
    CHECK(tools::shape_text({kind::null, {}, {}}) == "null");
}

TEST_CASE("filter text: known names, unknown ones by number and stored name")
{
    hdf5::filter_pipeline pipeline;
    CHECK(tools::filters_text(pipeline).empty());
    pipeline.filters = {
        {2, "", 1, {4}},
        {1, "deflate", 1, {9}},
        {40000, "my \"filter\"", 0, {}},
        {40001, "", 0, {}}};
    CHECK(
        tools::filters_text(pipeline) ==
        "shuffle, deflate(9), filter 40000 \"my \\\"filter\\\"\", filter 40001"
    );
}
