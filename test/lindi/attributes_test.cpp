#include "hex.hpp"
#include "text.hpp"

#include <lindi/lindi/attributes.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::test;

namespace {

result<std::string> value_of(graph_builder& b, node::attribute const& a)
{
    text_maker const maker(b);
    std::string out;
    auto const appended = rfs::append_attribute_value(out, a, maker.text);
    if (!appended)
        return appended.error();
    return out;
}

std::string
value_of(hdf5::datatype_ptr type, std::vector<std::uint64_t> extents, std::string_view value)
{
    graph_builder b;
    return value_of(b, attribute("a", std::move(type), std::move(extents), hex(value))).value();
}

std::string
refusal_of(hdf5::datatype_ptr type, std::vector<std::uint64_t> extents, std::string_view value)
{
    graph_builder b;
    auto const out = value_of(b, attribute("a", std::move(type), std::move(extents), hex(value)));
    return out ? "" : std::string(out.error().detail());
}

}  // namespace

// Expected: Python lindi's output for the oracle's cases at_*.
TEST_CASE("attribute: scalars")
{
    CHECK(value_of(integer(2, true, hdf5::byte_order::big), {}, "00 07") == "7");
    CHECK(value_of(floating(8), {}, "00 00 00 00 00 00 14 40") == "5.0");
    CHECK(value_of(floating(8), {}, "00 00 00 00 00 00 00 80") == "-0.0");
    CHECK(value_of(floating(8), {}, "00 00 00 00 00 00 f8 7f") == "\"NaN\"");
    CHECK(value_of(boolean(), {}, "01") == "true");
    CHECK(value_of(fixed_string(5), {}, "'ab' 00 00 00") == R"("ab")");
    CHECK(value_of(fixed_string(2), {}, "'a' ff") == R"("a\udcff")");
}

TEST_CASE("attribute: lists are nested by dimension")
{
    CHECK(value_of(integer(1), {1}, "05") == "[5]");
    CHECK(value_of(floating(4), {1, 1}, "00 00 a0 40") == "[[5.0]]");
    CHECK(
        value_of(integer(1), {2, 2, 2}, "00 01 02 03 04 05 06 07") ==
        "[[[0,1],[2,3]],[[4,5],[6,7]]]"
    );
    CHECK(value_of(boolean(), {2, 1}, "01 00") == "[[true],[false]]");
    CHECK(value_of(fixed_string(2), {2}, "'abc' 00") == R"(["ab","c"])");
    CHECK(value_of(integer(4), {0}, "") == "[]");
    CHECK(value_of(floating(8), {2, 0}, "") == "[[],[]]");
    CHECK(value_of(floating(8), {0, 3}, "") == "[]");
    CHECK(value_of(array_of(integer(1), {3}), {}, "01 02 03") == "[1,2,3]");
    CHECK(value_of(array_of(integer(1), {2}), {2}, "01 02 03 04") == "[[1,2],[3,4]]");
}

TEST_CASE("attribute: one variable-length sequence of numbers is a list")
{
    graph_builder b;
    auto const element = heap_element(b, std::string_view("\1\2", 2), 2, 4096);
    CHECK(value_of(b, attribute("a", sequence_of(integer(1)), {}, element)).value() == "[1,2]");
    auto const opaque = sequence_of(make_type(hdf5::type_class::opaque, 1));
    CHECK(value_of(b, attribute("a", opaque, {}, element)).error().detail() == "opaque bytes");
}

TEST_CASE("attribute: what readers cannot take is refused with the reason")
{
    CHECK(refusal_of(compound({{"a", integer(1)}}), {}, "01") == "a compound");
    CHECK(
        refusal_of(
            compound({{"r", floating(4)}, {"i", floating(4)}}), {1}, "00 00 00 00 00 00 00 00"
        ) == "complex numbers"
    );
    CHECK(refusal_of(make_type(hdf5::type_class::opaque, 1), {}, "01") == "opaque bytes");
    CHECK(refusal_of(make_type(hdf5::type_class::time, 4), {}, "00 00 00 00") == "times");
    CHECK(refusal_of(object_reference(), {1}, "00 00 00 00 00 00 00 00") == "a list of references");
    CHECK(
        refusal_of(object_reference(), {}, "00 00 00 00 00 00 00 00") ==
        "a reference that leads nowhere"
    );
    CHECK(refusal_of(sequence_of(integer(1)), {0}, "") == "a list of variable-length sequences");
    CHECK(refusal_of(integer(16), {0}, "") == "numbers of more than 8 bytes");
    CHECK(refusal_of(integer(4), {2}, "00 00 00 00 00 00 00") == "its value is too short");
}

TEST_CASE("attribute: without dataspace there is no value")
{
    graph_builder b;
    auto a = attribute("a", integer(1), {}, hex("01"));
    a.space.what = hdf5::dataspace::kind::null;
    CHECK(value_of(b, a).error().detail() == "no dataspace");
}

TEST_CASE("attribute: texts that readers take for numbers are refused, alone and in lists")
{
    CHECK(
        refusal_of(fixed_string(3), {}, "'NaN'") == "the text NaN, which readers take for a number"
    );
    CHECK(refusal_of(fixed_string(8), {2}, "'Infinity' 'x' 00 00 00 00 00 00 00") != "");
    CHECK(refusal_of(fixed_string(9), {}, "'-Infinity'") != "");
    CHECK(refusal_of(fixed_string(3), {}, "'nan'") == "");
}

TEST_CASE("attributes: sorted by name; what is left out is a problem")
{
    graph_builder b;
    text_maker const maker(b);
    auto const one = [](std::string name) {
        return attribute(std::move(name), integer(1), {}, hex("01"));
    };
    std::vector<node::attribute> const attributes{
        one("z"),
        one("\xc3\xa9"),
        one("Z"),
        one("_SOFT_LINK"),
        one("a/b"),
        one("z"),
        one("\xff"),
        attribute("bad", make_type(hdf5::type_class::opaque, 1), {}, hex("01"))};
    rfs::problem_list problems(false);
    std::string out = "{";
    rfs::append_attributes(out, attributes, maker.text, "/d", problems);
    CHECK(out == R"({"Z":1,"a/b":1,"z":1,"\u00e9":1)");
    CHECK(
        problems.lines() ==
        std::vector<std::string>{
            "/d: attribute _SOFT_LINK left out: LINDI uses the name itself",
            "/d: attribute bad left out: opaque bytes",
            "/d: attribute z left out: a second one of this name",
            "/d: attribute \\xff left out: its name is not UTF-8",
        }
    );
}

TEST_CASE("attributes: text that was made in vain is accounted for")
{
    graph_builder b;
    text_maker const maker(b, zarr::non_finite::quoted, 100);
    rfs::problem_list problems(false);
    std::string out = "{";
    auto const wasted = rfs::append_attributes(
        out, {attribute("a", integer(1), {1000}, lindi::bytes(1000))}, maker.text, "/d", problems
    );
    CHECK(out == "{");
    CHECK(wasted >= 100);
    CHECK(problems.lines().size() == 1);
}
