#include "types.hpp"

#include <lindi/lindi/compound.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::test;

namespace {

std::string text_of(hdf5::datatype const& type)
{
    auto const fields = rfs::row_fields(type).value();
    return rfs::compound_dtype_text(fields, std::vector<std::uint64_t>(fields.size(), 3));
}

}  // namespace

// Expected: `_COMPOUND_DTYPE` in Python lindi's output for the oracle's cases dt_compound*.
TEST_CASE("compound: fields have numpy's names for their types")
{
    auto const type = compound(
        {{"x", integer(4)},
         {"y", floating(8)},
         {"b", boolean()},
         {"s", fixed_string(3)},
         {"u", integer(1, false)},
         {"e", enumeration({{"A", 0}, {"B", 1}})}}
    );
    CHECK(
        text_of(*type) ==
        R"([["x","int32"],["y","float64"],["b","bool"],["s","|S3"],["u","uint8"],["e","int8"]])"
    );
    auto const big = compound(
        {{"x", integer(2, true, hdf5::byte_order::big)}, {"y", floating(4, hdf5::byte_order::big)}}
    );
    CHECK(text_of(*big) == R"([["x",">i2"],["y",">f4"]])");
    CHECK(text_of(*compound({{"r", object_reference()}})) == R"([["r","<REFERENCE>"]])");
}

TEST_CASE("compound: text of variable length is as wide as the data, at least one")
{
    auto const type = compound({{"n\xc3\xa9", variable_string()}});
    CHECK(text_of(*type) == R"([["n\u00e9","<U3"]])");
    auto const fields = rfs::row_fields(*type).value();
    CHECK(rfs::compound_dtype_text(fields, {0}) == R"([["n\u00e9","<U1"]])");
}

TEST_CASE("compound: compounds, arrays and complex numbers inside become fields of the row")
{
    auto const inner = compound({{"p", integer(4)}, {"q", integer(2)}});
    auto const type = compound(
        {{"n", integer(1)},
         {"in", inner},
         {"a", array_of(integer(2), {2})},
         {"m", array_of(integer(1), {2, 2})},
         {"c", compound({{"r", floating(4)}, {"i", floating(4)}})}}
    );
    auto const fields = rfs::row_fields(*type).value();
    std::vector<std::string> names;
    std::vector<std::uint64_t> offsets;
    for (auto const& field : fields) {
        names.push_back(field.name);
        offsets.push_back(field.offset);
    }
    CHECK(
        names ==
        std::vector<std::string>{
            "n", "in.p", "in.q", "a_0", "a_1", "m_0_0", "m_0_1", "m_1_0", "m_1_1", "c.r", "c.i"}
    );
    CHECK(offsets == std::vector<std::uint64_t>{0, 1, 5, 7, 9, 11, 12, 13, 14, 15, 19});
}

TEST_CASE("compound: fields without a form are refused by name")
{
    auto const type = compound({{"n", integer(1)}, {"o", make_type(hdf5::type_class::opaque, 3)}});
    auto const fields = rfs::row_fields(*type);
    REQUIRE(fields.has_error());
    CHECK(fields.error().code() == errc::unsupported);
    CHECK(fields.error().detail() == "field o: no JSON form");
}

TEST_CASE("compound: fields outside of their element are refused")
{
    auto const type = compound({{"n", integer(4)}});
    type->members[0].offset = 1;
    CHECK(rfs::row_fields(*type).error().code() == errc::bad_value);
    type->members[0].offset = ~std::uint64_t{0};
    CHECK(rfs::row_fields(*type).error().code() == errc::bad_value);
    type->members[0].offset = 0;
    type->size = 3;
    CHECK(rfs::row_fields(*type).error().code() == errc::bad_value);
}

TEST_CASE("compound: the number of fields is limited, also when they come to nothing")
{
    auto const many = compound({{"a", array_of(integer(1), {4097})}});
    CHECK(rfs::row_fields(*many).error().code() == errc::too_large);
    CHECK(rfs::row_fields(*compound({{"a", array_of(integer(1), {4096})}})).value().size() == 4096);

    auto empty = make_type(hdf5::type_class::compound, 1);
    auto const nothing = compound({{"a", array_of(empty, {1'000'000'000})}});
    CHECK(rfs::row_fields(*nothing).error().code() == errc::too_large);
}
