#include "hex.hpp"
#include "text.hpp"

#include <lindi/lindi/element_text.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::test;

namespace {

result<std::string> text_of(
    graph_builder& b,
    hdf5::datatype_ptr const& type,
    lindi::bytes const& element,
    std::uint64_t max = 1000
)
{
    text_maker const maker(b, zarr::non_finite::bare, max);
    std::string out;
    auto const appended = maker.text.append(out, *type, element);
    if (!appended)
        return appended.error();
    return out;
}

std::string text_of(hdf5::datatype_ptr const& type, std::string_view element)
{
    graph_builder b;
    return text_of(b, type, hex(element)).value();
}

}  // namespace

TEST_CASE("element: numbers, booleans and strings")
{
    CHECK(text_of(integer(2), "fe ff") == "-2");
    CHECK(text_of(integer(2, false), "fe ff") == "65534");
    CHECK(text_of(integer(8, false), "ff ff ff ff ff ff ff ff") == "18446744073709551615");
    CHECK(text_of(floating(4), "00 00 20 40") == "2.5");
    CHECK(text_of(floating(4), "00 00 c0 7f") == "NaN");
    CHECK(text_of(boolean(), "01") == "true");
    CHECK(text_of(boolean(), "00") == "false");
    CHECK(text_of(enumeration({{"A", 0}, {"B", 7}}), "07") == "7");
    CHECK(text_of(fixed_string(3), "'ab' 00") == R"("ab")");
}

TEST_CASE("element: compounds, arrays and complex numbers are lists")
{
    auto const row = compound({{"i", integer(1)}, {"b", boolean()}, {"s", fixed_string(2)}});
    CHECK(text_of(row, "05 01 'ab'") == R"([5,true,"ab"])");
    CHECK(text_of(array_of(integer(1), {3}), "01 02 03") == "[1,2,3]");
    auto const complex = make_type(hdf5::type_class::complex, 8);
    complex->base = floating(4);
    CHECK(text_of(complex, "00 00 80 3f 00 00 00 40") == "[1.0,2.0]");
}

TEST_CASE("element: strings and sequences of variable length come from the heap")
{
    graph_builder b;
    auto const string = heap_element(b, "h\xc3\xa9llo", 6, 4096);
    CHECK(text_of(b, variable_string(), string).value() == R"("h\u00e9llo")");
    auto const numbers = heap_element(b, std::string_view("\1\0\2\0", 4), 2, 8192);
    CHECK(text_of(b, sequence_of(integer(2)), numbers).value() == "[1,2]");
    lindi::bytes const null(16);
    CHECK(text_of(b, variable_string(), null).value() == R"("")");
    CHECK(text_of(b, sequence_of(integer(2)), null).value() == "[]");
}

TEST_CASE("element: a sequence that is longer than its heap object is refused")
{
    graph_builder b;
    auto const numbers = heap_element(b, std::string_view("\1\0\2\0", 4), 3, 8192);
    CHECK(text_of(b, sequence_of(integer(2)), numbers).error().code() == errc::truncated);
}

TEST_CASE("element: a heap object that is not there is an error")
{
    graph_builder b;
    auto const element = hex("02 00 00 00 | 00 10 00 00 00 00 00 00 | 01 00 00 00");
    CHECK(text_of(b, sequence_of(integer(2)), element).error().code() == errc::not_found);
    CHECK(text_of(b, variable_string(), element).error().code() == errc::not_found);
}

TEST_CASE("element: sequences that share heap objects cannot grow beyond the limit")
{
    graph_builder b;
    std::string ids;
    auto const leaf = heap_element(b, std::string(1000, 'x'), 1000, 4096);
    for (int i = 0; i < 1000; ++i)
        ids += as_text(leaf);
    auto const root = heap_element(b, ids, 1000, 8192);  // a million bytes from 17 thousand
    auto const type = sequence_of(sequence_of(integer(1)));
    CHECK(text_of(b, type, root).error().code() == errc::too_large);
}

TEST_CASE("element: references are objects, and those that lead nowhere are counted")
{
    graph_builder b;
    auto const d = b.add_contiguous({4}, 2048);
    b.link(b.g.root, "d", d);
    text_maker const maker(b);
    std::string out;
    REQUIRE(maker.text.append(out, *object_reference(), address_bytes(b.g.objects[d].address))
                .has_value());
    CHECK(out.find(R"("path":"/d")") != out.npos);
    out.clear();
    REQUIRE(maker.text.append(out, *object_reference(), lindi::bytes(8)).has_value());
    CHECK(out == "null");
    CHECK(maker.text.take_lost_references() == 0);
    out.clear();
    REQUIRE(maker.text.append(out, *object_reference(), address_bytes(77)).has_value());
    CHECK(out == "null");
    CHECK(maker.text.take_lost_references() == 1);
    CHECK(maker.text.take_lost_references() == 0);
}

TEST_CASE("element: what has no JSON form and what is cut short is refused")
{
    graph_builder b;
    CHECK(
        text_of(b, make_type(hdf5::type_class::opaque, 1), hex("00")).error().code() ==
        errc::unsupported
    );
    CHECK(
        text_of(b, make_type(hdf5::type_class::time, 4), hex("00 00 00 00")).error().code() ==
        errc::unsupported
    );
    CHECK(text_of(b, integer(16), lindi::bytes(16)).error().code() == errc::unsupported);
    CHECK(text_of(b, integer(4), hex("00 00 00")).error().code() == errc::truncated);
    auto const row = compound({{"i", integer(1)}});
    row->members[0].offset = 9;
    CHECK(text_of(b, row, hex("00")).error().code() == errc::truncated);
}

TEST_CASE("nested lists: by dimension, in C order")
{
    auto const nested = [](std::vector<std::uint64_t> const& shape, std::uint64_t max) {
        std::string out;
        auto const done =
            rfs::append_nested(out, shape, max, [&out](std::uint64_t i) -> result<void> {
                out += std::to_string(i);
                return {};
            });
        return done ? out : "failed";
    };
    CHECK(nested({}, 100) == "0");
    CHECK(nested({3}, 100) == "[0,1,2]");
    CHECK(nested({2, 3}, 100) == "[[0,1,2],[3,4,5]]");
    CHECK(nested({0}, 100) == "[]");
    CHECK(nested({2, 0}, 100) == "[[],[]]");
    CHECK(nested({0, 3}, 100) == "[]");
    CHECK(nested({std::uint64_t{1} << 60, 0}, 100) == "failed");
}
