#include "value_text.hpp"

#include <lindi/node/graph.hpp>

#include <doctest/doctest.h>

using namespace lindi;

namespace {

hdf5::datatype_ptr bytes_type()
{
    auto out = std::make_shared<hdf5::datatype>();
    out->what = hdf5::type_class::integer;
    out->size = 1;
    out->precision = 8;
    return out;
}

hdf5::datatype_ptr text_type(std::uint32_t size)
{
    auto out = std::make_shared<hdf5::datatype>();
    out->what = hdf5::type_class::string;
    out->size = size;
    return out;
}

node::attribute attribute_of(hdf5::datatype_ptr type, std::uint64_t count, std::string const& value)
{
    node::attribute out;
    out.type = std::move(type);
    out.space = {hdf5::dataspace::kind::simple, {count}, {count}};
    out.value.assign(as_bytes(value).begin(), as_bytes(value).end());
    return out;
}

std::string text_of(node::attribute const& attribute, std::size_t max)
{
    node::graph const g;
    auto const text = tools::value_printer(g, {}).text_of(attribute, max);
    REQUIRE(text.has_value());
    return *text;
}

}  // namespace

TEST_CASE("value text: lists are cut where asked, not in the middle of a character")
{
    auto const list = attribute_of(bytes_type(), 4, std::string("\1\2\3\4"));
    CHECK(text_of(list, 100) == "[1, 2, 3, 4]");
    CHECK(text_of(list, 5) == "[1, 2...");
    auto const text = attribute_of(text_type(6), 1, "\u00e9\u00e9\u00e9");
    CHECK(text_of(text, 5) == "[\"\u00e9...");
}

TEST_CASE("value text: strings of a file cannot leave their line")
{
    auto const text = attribute_of(text_type(4), 1, "a\n\"\x1b");
    CHECK(text_of(text, 100) == "[\"a\\n\\\"\\x1b\"]");
}

TEST_CASE("value text: enumerations show the name of their number, or the number")
{
    auto choice = std::make_shared<hdf5::datatype>();
    choice->what = hdf5::type_class::enumeration;
    choice->size = 1;
    choice->base = bytes_type();
    choice->values = {{"NO", {std::byte{0}}}, {"YES", {std::byte{1}}}};
    CHECK(text_of(attribute_of(choice, 3, std::string("\0\1\2", 3)), 100) == "[NO, YES, 2]");
}

TEST_CASE("value text: compounds name their members")
{
    auto pair = std::make_shared<hdf5::datatype>();
    pair->what = hdf5::type_class::compound;
    pair->size = 2;
    pair->members = {{"a", 0, bytes_type()}, {"b", 1, bytes_type()}};
    CHECK(text_of(attribute_of(pair, 1, "\1\2"), 100) == "[{a: 1, b: 2}]");
}

TEST_CASE("value text: a heap object that is not there is an error")
{
    auto list = std::make_shared<hdf5::datatype>();
    list->what = hdf5::type_class::variable_length;
    list->size = 16;
    list->is_variable_string = true;
    node::graph const g;
    auto const lost = attribute_of(list, 1, std::string("\1\0\0\0\x10\0\0\0\0\0\0\0\1\0\0\0", 16));
    CHECK(tools::value_printer(g, {}).text_of(lost, 100).has_error());
}
