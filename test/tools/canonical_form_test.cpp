#include "canonical_form.hpp"
#include "dump_support.hpp"
#include "sha256.hpp"

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::tools;
using hdf5::type_class;

namespace {

lindi::bytes canonical(hdf5::datatype const& type, lindi::bytes const& element)
{
    lindi::bytes out;
    append_canonical(out, type, element);
    return out;
}

}  // namespace

TEST_CASE("canonical form: numbers are little-endian, gaps of compounds are left out")
{
    auto big = integer_type(2);
    big.order = hdf5::byte_order::big;
    auto pair = plain_type(type_class::compound, 6);
    pair.members = {{"a", 4, shared(big)}, {"b", 1, shared(plain_type(type_class::string, 2))}};
    CHECK(canonical(pair, bytes_of({9, 'x', 'y', 9, 1, 2})) == bytes_of({2, 1, 'x', 'y'}));
    auto array = derived_type(type_class::array, 4, big);
    array.dimensions = {2};
    CHECK(canonical(array, bytes_of({1, 2, 3, 4})) == bytes_of({2, 1, 4, 3}));
}

TEST_CASE("canonical form: VAX floats stay as they are, enumerations go by their base")
{
    auto vax = float32_type();
    vax.order = hdf5::byte_order::vax;
    CHECK(canonical(vax, bytes_of({1, 2, 3, 4})) == bytes_of({1, 2, 3, 4}));
    auto big = integer_type(2);
    big.order = hdf5::byte_order::big;
    CHECK(
        canonical(derived_type(type_class::enumeration, 2, big), bytes_of({1, 2})) ==
        bytes_of({2, 1})
    );
}

TEST_CASE_FIXTURE(dump_fixture, "canonical form: J-text of strings, lists and references")
{
    add_heap_object(0x20, 1, "ab");
    auto const element = bytes_of({2, 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0});
    auto const list = derived_type(type_class::variable_length, 16, integer_type(1));
    std::string text;
    REQUIRE(append_jtext(text, context, list, element).has_value());
    CHECK(text == "[\"61\",\"62\"]");

    auto string = plain_type(type_class::variable_length, 16);
    string.is_variable_string = true;
    text.clear();
    REQUIRE(append_jtext(text, context, string, element).has_value());
    CHECK(text == "\"6162\"");
    text.clear();
    REQUIRE(append_jtext(text, context, string, lindi::bytes(16)).has_value());
    CHECK(text == "null");

    auto pair = plain_type(type_class::compound, 9);
    pair.members = {
        {"r", 0, shared(plain_type(type_class::reference, 8))}, {"n", 8, shared(integer_type(1))}};
    text.clear();
    REQUIRE(append_jtext(text, context, pair, bytes_of({96, 0, 0, 0, 0, 0, 0, 0, 5})).has_value());
    CHECK(text == "[\"2f\",\"05\"]");
}

TEST_CASE_FIXTURE(dump_fixture, "canonical form: sums are over bytes, or over the list of J-texts")
{
    auto big = integer_type(2);
    big.order = hdf5::byte_order::big;
    auto const raw = sum_elements(context, big, bytes_of({1, 2, 3, 4}));
    REQUIRE(raw.has_value());
    CHECK(std::string(raw->mode) == "raw");
    CHECK(raw->sha256 == sha256_of(bytes_of({2, 1, 4, 3})));

    auto const nulls =
        sum_elements(context, plain_type(type_class::reference, 8), lindi::bytes(16));
    REQUIRE(nulls.has_value());
    CHECK(std::string(nulls->mode) == "jtext");
    CHECK(nulls->sha256 == sha256_of(as_bytes("[null,null]")));
}
