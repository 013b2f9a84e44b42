#include "json_writer.hpp"

#include <doctest/doctest.h>

#include <sstream>

using lindi::tools::json_writer;

TEST_CASE("json writer: commas, nesting and line breaks come where they belong")
{
    std::ostringstream out;
    json_writer w(out);
    w.begin_object();
    w.member("a", 1);
    w.member("b", "x");
    w.new_line();
    w.key("c");
    w.begin_array();
    w.number(-1);
    w.null();
    w.begin_object();
    w.end_object();
    w.new_line();
    w.boolean(true);
    w.end_array();
    w.null_member("d");
    w.end_object();
    CHECK(out.str() == "{\"a\": 1, \"b\": \"x\",\n\"c\": [-1, null, {},\ntrue], \"d\": null}");
    CHECK(w.written() == out.str().size());
}

TEST_CASE("json writer: strings are escaped as JSON asks for")
{
    std::ostringstream out;
    json_writer w(out);
    w.string("\"\\\n\x01\x7f é");
    CHECK(out.str() == "\"\\\"\\\\\\u000a\\u0001\\u007f é\"");
}

TEST_CASE("json writer: integers have all their 64 bits")
{
    std::ostringstream out;
    json_writer w(out);
    w.begin_array();
    w.number(~std::uint64_t{0});
    w.number(std::int64_t{-9223372036854775807} - 1);
    w.end_array();
    CHECK(out.str() == "[18446744073709551615, -9223372036854775808]");
}
