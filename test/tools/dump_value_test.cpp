#include "dump_support.hpp"
#include "dump_value.hpp"

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::tools;
using hdf5::type_class;

namespace {

struct value_fixture : dump_fixture {
    std::string text(hdf5::datatype const& type, lindi::bytes const& element)
    {
        return written([&](json_writer& w) {
            auto const done = write_value(w, context, type, element);
            CHECK(done.has_value());
        });
    }
};

/// Heap id of object 1 in the collection at 0x20, behind a length of 2.
lindi::bytes const points_to_heap = bytes_of({2, 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0});

}  // namespace

TEST_CASE_FIXTURE(value_fixture, "dump value: integers with sign, byte order and odd precision")
{
    CHECK(text(integer_type(2), bytes_of({0xfe, 0xff})) == "-2");
    CHECK(text(integer_type(2, false), bytes_of({0xfe, 0xff})) == "65534");
    auto big = integer_type(2);
    big.order = hdf5::byte_order::big;
    CHECK(text(big, bytes_of({0x01, 0x02})) == "258");
    big.precision = 4;
    big.bit_offset = 4;
    CHECK(text(big, bytes_of({0x00, 0xf0})) == "-1");
}

TEST_CASE_FIXTURE(
    value_fixture, "dump value: integers over 8 bytes are their digits, most significant last"
)
{
    auto wide = integer_type(9);
    wide.order = hdf5::byte_order::big;
    CHECK(text(wide, bytes_of({1, 2, 3, 4, 5, 6, 7, 8, 9})) == "{\"h\": \"090807060504030201\"}");
}

TEST_CASE_FIXTURE(value_fixture, "dump value: floats have their shortest text and their bits")
{
    CHECK(
        text(float32_type(), bytes_of({0xcd, 0xcc, 0xcc, 0x3d})) ==
        "{\"r\": \"0.1\", \"h\": \"cdcccc3d\"}"
    );
    auto big = float32_type();
    big.order = hdf5::byte_order::big;
    CHECK(text(big, bytes_of({0x7f, 0x80, 0, 0})) == "{\"r\": \"inf\", \"h\": \"0000807f\"}");
}

TEST_CASE_FIXTURE(value_fixture, "dump value: strings are trimmed, others than UTF-8 are digits")
{
    auto type = plain_type(type_class::string, 4);
    CHECK(text(type, bytes_of({'a', 'b', 0, 'x'})) == "\"ab\"");
    type.padding = hdf5::string_pad::space_padded;
    CHECK(text(type, bytes_of({'a', 'b', ' ', ' '})) == "\"ab\"");
    CHECK(text(type, bytes_of({'a', 0, ' ', ' '})) == "\"a\\u0000\"");  // as libhdf5 hands it out
    CHECK(text(type, bytes_of({0xe9, ' ', ' ', ' '})) == "{\"hex\": \"e9\"}");
}

TEST_CASE_FIXTURE(
    value_fixture, "dump value: opaque data, bitfields and times are digits, enumerations numbers"
)
{
    CHECK(text(plain_type(type_class::opaque, 2), bytes_of({1, 2})) == "{\"hex\": \"0102\"}");
    auto bits = plain_type(type_class::bitfield, 2);
    bits.order = hdf5::byte_order::big;
    CHECK(text(bits, bytes_of({1, 2})) == "{\"hex\": \"0201\"}");
    CHECK(
        text(derived_type(type_class::enumeration, 1, integer_type(1)), bytes_of({0xff})) == "-1"
    );
}

TEST_CASE_FIXTURE(value_fixture, "dump value: compounds, arrays and complex numbers are lists")
{
    auto pair = plain_type(type_class::compound, 4);
    pair.members = {{"b", 2, shared(integer_type(2))}, {"a", 0, shared(integer_type(1))}};
    CHECK(text(pair, bytes_of({1, 9, 2, 0})) == "[2, 1]");
    auto array = derived_type(type_class::array, 3, integer_type(1));
    array.dimensions = {3};
    CHECK(text(array, bytes_of({1, 2, 3})) == "[1, 2, 3]");
    CHECK(
        text(derived_type(type_class::complex, 2, integer_type(1)), bytes_of({1, 2})) == "[1, 2]"
    );
}

TEST_CASE_FIXTURE(value_fixture, "dump value: variable-length elements come from the heap")
{
    add_heap_object(0x20, 1, std::string_view("a\0b", 3));
    auto text_type = plain_type(type_class::variable_length, 16);
    text_type.is_variable_string = true;
    CHECK(text(text_type, points_to_heap) == "\"a\"");
    CHECK(text(text_type, lindi::bytes(16)) == "null");
    auto const list = derived_type(type_class::variable_length, 16, integer_type(1));
    CHECK(text(list, points_to_heap) == "[97, 0]");
    CHECK(text(list, lindi::bytes(16)) == "[]");
}

TEST_CASE_FIXTURE(
    value_fixture, "dump value: heap objects that are missing or too short are errors"
)
{
    auto const list = derived_type(type_class::variable_length, 16, integer_type(2));
    std::ostringstream out;
    json_writer w(out);
    auto const missing = write_value(w, context, list, points_to_heap);
    REQUIRE(missing.has_error());
    CHECK(missing.error().code() == errc::not_found);
    add_heap_object(0x20, 1, "abc");
    auto const shorter = write_value(w, context, list, points_to_heap);
    REQUIRE(shorter.has_error());
    CHECK(shorter.error().code() == errc::truncated);
}

TEST_CASE_FIXTURE(
    value_fixture, "dump value: a region reference without its heap object is unresolved, and told"
)
{
    auto type = plain_type(type_class::reference, 12);
    type.reference = hdf5::reference_kind::region;
    auto const element = bytes_of({0x20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0});
    CHECK(text(type, element) == "{\"unresolved\": \"200000000000000001000000\"}");
    auto const told = context.with_damage({});
    REQUIRE(told.has_error());
    CHECK(told.error().code() == errc::not_found);
    CHECK(context.with_damage({}).has_value());
}

TEST_CASE_FIXTURE(value_fixture, "dump value: the work that heap objects make has an end")
{
    add_heap_object(0x20, 1, "ab");
    auto const list = derived_type(type_class::variable_length, 16, integer_type(1));
    context.work_left = 1000;
    std::ostringstream out;
    json_writer w(out);
    w.begin_array();
    int written = 0;
    while (write_value(w, context, list, points_to_heap))
        ++written;
    CHECK(written > 0);
    CHECK(written < 10);
}

TEST_CASE_FIXTURE(value_fixture, "dump value: references are the path they lead to")
{
    auto type = plain_type(type_class::reference, 8);
    CHECK(text(type, bytes_of({96, 0, 0, 0, 0, 0, 0, 0})) == "{\"ref\": \"/\"}");
    CHECK(text(type, lindi::bytes(8)) == "null");
    CHECK(
        text(type, bytes_of({97, 0, 0, 0, 0, 0, 0, 0})) == "{\"unresolved\": \"6100000000000000\"}"
    );
}
