#include "hex.hpp"

#include <lindi/zarr/array_form.hpp>

#include <doctest/doctest.h>

namespace lindi::zarr {
namespace {

using lindi::test::hex;

/// A .zarray of one dimension.
std::string zarray(std::string const& dtype, std::string const& fill, std::string const& more = "")
{
    return R"({"zarr_format":2,"shape":[7],"chunks":[3],"order":"C","compressor":null,)"
           R"("filters":null,"dtype":)" +
           dtype + R"(,"fill_value":)" + fill + more + "}";
}

array_form form(std::string const& text)
{
    auto const parsed = parse_array_form(text);
    REQUIRE_MESSAGE(parsed.has_value(), parsed.error().message());
    return *parsed;
}

bytes fill(std::string const& dtype, std::string const& value)
{
    auto const element = fill_element(form(zarray('"' + dtype + '"', value)));
    REQUIRE_MESSAGE(element.has_value(), element.error().message());
    return element->value_or(bytes());
}

bool fill_is_refused(std::string const& dtype, std::string const& value)
{
    return fill_element(form(zarray('"' + dtype + '"', value))).has_error();
}

}  // namespace

TEST_CASE("array form: what Python lindi writes")
{
    auto const got = form(
        R"({"chunks":[5,2],"compressor":{"blocksize":0,"clevel":5,"cname":"lz4","id":"blosc",)"
        R"("shuffle":1},"dtype":"<i4","fill_value":0,"filters":[{"elementsize":4,"id":"shuffle"}],)"
        R"("order":"C","shape":[10,3],"zarr_format":2})"
    );
    CHECK(got.shape == std::vector<std::uint64_t>{10, 3});
    CHECK(got.chunks == std::vector<std::uint64_t>{5, 2});
    CHECK(got.type.item_size == 4);
    CHECK(got.type.is_number);
    REQUIRE(got.filters.size() == 1);
    CHECK(got.filters[0].id == "shuffle");
    CHECK(got.compressor.value().id == "blosc");
    CHECK(got.separator == '.');
    CHECK_FALSE(got.fortran_order);
}

TEST_CASE("array form: what is missing or wrong is refused")
{
    CHECK(parse_array_form(R"({"zarr_format":3,"shape":[],"chunks":[],"dtype":"<i4"})").has_error()
    );
    CHECK(parse_array_form(R"({"zarr_format":2,"chunks":[1],"dtype":"<i4"})").has_error());
    CHECK(parse_array_form(R"({"zarr_format":2,"shape":[1,1],"chunks":[1],"dtype":"<i4"})")
              .has_error());
    CHECK(
        parse_array_form(R"({"zarr_format":2,"shape":[1],"chunks":[0],"dtype":"<i4"})").has_error()
    );
    CHECK(
        parse_array_form(R"({"zarr_format":2,"shape":[-1],"chunks":[1],"dtype":"<i4"})").has_error()
    );
    CHECK(parse_array_form(
              R"({"zarr_format":2,"shape":[4294967296,4294967296],"chunks":[1,1],"dtype":"<i8"})"
    )
              .has_error());
    for (auto const dtype :
         {"\"<q4\"", "\"<i3\"", "\"i\"", "7", "\"|S0\"", "\"|S4294967296\"", "[]"})
        CHECK_MESSAGE(parse_array_form(zarray(dtype, "0")).has_error(), dtype);
    CHECK(parse_array_form(zarray("\"<i4\"", "0", R"(,"order":"A")")).has_error());
}

// ls -r of HDF5's test/testfiles/tlayouto.h5: nothing was ever written to it
TEST_CASE("array form: shapes may be as large as 64 bits count")
{
    auto const got =
        form(R"({"zarr_format":2,"shape":[8589934592,268435457],"chunks":[1,1],"dtype":"<i4"})");
    CHECK(got.shape[0] == 8589934592);
}

TEST_CASE("array form: arrays without elements may have chunks of nothing")
{
    auto const got = form(R"({"zarr_format":2,"shape":[0,2],"chunks":[0,2],"dtype":"|S3"})");
    CHECK(got.chunks == std::vector<std::uint64_t>{1, 2});
}

// numpy: np.array(v, dtype).tobytes().hex()
TEST_CASE("array form: fill values become elements")
{
    CHECK(fill("<i2", "-2") == hex("feff"));
    CHECK(fill(">i2", "-2") == hex("fffe"));
    CHECK(fill("<u8", "18446744073709551615") == hex("ffffffffffffffff"));
    CHECK(fill("<f4", "0.10000000149011612") == hex("cdcccc3d"));
    CHECK(fill("<f8", "\"NaN\"") == hex("000000000000f87f"));
    CHECK(fill("<f2", "1.5") == hex("003e"));
    CHECK(fill("<f2", "6e-8") == hex("0100"));
    CHECK(fill("<f2", "65519") == hex("ff7b"));
    CHECK(fill("<f2", "\"-Infinity\"") == hex("00fc"));
    CHECK(fill("<f16", "-1.5") == hex("00000000000000c0 ffbf 000000000000"));
    CHECK(fill("|b1", "true") == hex("01"));
    CHECK(fill("<c8", "[1.0,-2.0]") == hex("0000803f 000000c0"));
    CHECK(fill("|S3", "\"YWI=\"") == hex("616200"));
    CHECK(fill("|V2", "\"AAE=\"") == hex("0001"));
    CHECK(fill("<i4", "null").empty());
}

TEST_CASE("array form: fill values that do not suit their type are refused")
{
    CHECK(fill_is_refused("|i1", "128"));
    CHECK(fill_is_refused("|u1", "-1"));
    CHECK(fill_is_refused("<i4", "1.5"));
    CHECK(fill_is_refused("<i4", "\"NaN\""));
    CHECK(fill_is_refused("|S2", "\"YWJj\""));
    CHECK(fill_is_refused("<c8", "[1,2,3]"));
    // Fields like a complex number's, of different sizes.
    CHECK(fill_element(form(zarray(R"([["r","|i1"],["i","<f8"]])", "[1,2]"))).has_error());
}

TEST_CASE("stored type: numpy's names of types are known")
{
    CHECK(type_of_dtype("int32").value().item_size == 4);
    CHECK(type_of_dtype("float16").value().item_size == 2);
    CHECK(type_of_dtype("bool").value().element->what == hdf5::type_class::enumeration);
    CHECK(type_of_dtype(">u4").value().element->order == hdf5::byte_order::big);
    CHECK(type_of_dtype("<M8[us]").value().element->tag == "NUMPY:<M8[us]");
    CHECK(type_of_dtype("<U3").value().item_size == 12);
    CHECK(type_of_dtype("|O").value().how == stored_type::form::objects);
    CHECK(type_of_dtype("int33").has_error());
    CHECK(type_of_dtype("").has_error());
}

TEST_CASE("stored type: fields of a structure lie one behind the other")
{
    auto const got = form(zarray(R"([["a","<i4"],["b","|S3"]])", "null"));
    CHECK(got.type.item_size == 7);
    REQUIRE(got.type.element->members.size() == 2);
    CHECK(got.type.element->members[1].offset == 4);
    CHECK(parse_array_form(zarray(R"([["a","|O"]])", "null")).has_error());
    CHECK(parse_array_form(zarray(R"([["a","<i4",[2]]])", "null")).has_error());
}

}  // namespace lindi::zarr
