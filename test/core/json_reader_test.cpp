#include <lindi/core/json_reader.hpp>

#include <doctest/doctest.h>

#include <cmath>

using namespace lindi;

namespace {

json_reader reader_of(std::string_view text)
{
    return json_reader(text, "JSON");
}

std::string text_of(std::string_view json)
{
    auto r = reader_of(json);
    auto text = r.take_text();
    REQUIRE_MESSAGE(r.ok(), r.failure().message());
    return text;
}

/// Passes over a value; empty when it is refused.
std::string_view raw_of(std::string_view json)
{
    auto r = reader_of(json);
    auto const raw = r.take_raw();
    r.expect_end();
    return r.ok() ? raw : std::string_view();
}

errc refusal_of(std::string_view json)
{
    auto r = reader_of(json);
    r.take_raw();
    r.expect_end();
    REQUIRE_FALSE(r.ok());
    return static_cast<errc>(r.failure().code().value());
}

}  // namespace

TEST_CASE("json reader: walks lists and objects in one another")
{
    auto r = reader_of(R"( {"a": [1, -2, [ ]], "b": {}, "c": "x"} )");
    std::string seen;
    std::string_view key;
    for (r.begin_object(); r.next_member(key);) {
        seen += key;
        if (r.kind() != json_kind::list) {
            r.take_raw();
            continue;
        }
        for (r.begin_list(); r.next();)
            seen += r.take_raw();
    }
    r.expect_end();
    CHECK(r.ok());
    CHECK(seen == "a1-2[ ]bc");
}

TEST_CASE("json reader: numbers keep their kind")
{
    auto const number = [](std::string_view json) {
        auto r = reader_of(json);
        auto const out = r.take_number();
        REQUIRE(r.ok());
        return out;
    };
    CHECK(number("5") == json_number(std::int64_t{5}));
    CHECK(number("-9223372036854775808") == json_number(INT64_MIN));
    CHECK(number("18446744073709551615") == json_number(UINT64_MAX));
    CHECK(number("5.0") == json_number(5.0));
    CHECK(number("1e400") == json_number(HUGE_VAL));
    CHECK(number("-1e-400") == json_number(0.0));
    CHECK(number("-Infinity") == json_number(-HUGE_VAL));
    CHECK(std::isnan(std::get<double>(number("NaN"))));
    auto r = reader_of("18446744073709551616");
    r.take_number();
    CHECK_FALSE(r.ok());
}

TEST_CASE("json reader: strings give their bytes, escapes undone")
{
    CHECK(text_of(R"("a\"\\\/\b\f\n\r\t")") == "a\"\\/\b\f\n\r\t");
    CHECK(text_of(R"("\u0002\u0001")") == "\x02\x01");
    CHECK(text_of(R"("\u00e9\ud83d\ude00")") == "\xc3\xa9\xf0\x9f\x98\x80");
    CHECK(text_of("\"\xc3\xa9\"") == "\xc3\xa9");
}

// python3 -c 'import json; print(json.dumps(b"a\xff".decode("utf-8", "surrogateescape")))'
TEST_CASE("json reader: a byte that was no UTF-8 comes back from its surrogate")
{
    CHECK(text_of(R"("a\udcff")") == "a\xff");
}

TEST_CASE("json reader: values are passed over whole")
{
    CHECK(raw_of(R"({"a":[{"b":"]}"},1]})") == R"({"a":[{"b":"]}"},1]})");
    CHECK(raw_of(" [] ") == "[]");
    CHECK(raw_of("[NaN,-Infinity,1.5e-3,true,null]") == "[NaN,-Infinity,1.5e-3,true,null]");
}

TEST_CASE("json reader: every shorter text is refused, inside of it")
{
    std::string_view const sample = R"({"refs":{"a":["u",1,2],"b":{"c":null}},"v":-1.5e3})";
    for (std::size_t n = 0; n < sample.size(); ++n) {
        CAPTURE(n);
        auto r = reader_of(sample.substr(0, n));
        r.take_raw();
        REQUIRE_FALSE(r.ok());
        CHECK(r.failure().at() <= n);
    }
}

TEST_CASE("json reader: what is no JSON is refused")
{
    for (auto const text :
         {"[1,]",
          "[,1]",
          "{\"a\"}",
          "{\"a\":}",
          "{a:1}",
          "[1 2]",
          "01",
          "-",
          "1.",
          "nul",
          "tru",
          "'a'",
          "]",
          "\"a\nb\"",
          "1 1",
          "{\"a\":1,}"})
        CHECK_MESSAGE(raw_of(text).empty(), text);
    for (auto const text : {R"("\x")", R"("\u12g4")", R"("\u12")"}) {
        auto r = reader_of(text);
        r.take_text();
        CHECK_FALSE_MESSAGE(r.ok(), text);
    }
}

TEST_CASE("json reader: depth has an end, and no stack is needed for it")
{
    std::string const deep(1'000'000, '[');
    CHECK(refusal_of(deep) == errc::too_large);
    auto const fine = std::string(64, '[') + std::string(64, ']');
    CHECK(raw_of(fine) == fine);
}

TEST_CASE("json reader: after a failure nothing is taken any more")
{
    auto r = reader_of("[1,x,2]");
    int count = 0;
    for (r.begin_list(); r.next(); ++count)
        r.take_number();
    CHECK(count == 1);
    CHECK(r.kind() == json_kind::none);
    CHECK(r.take_text().empty());
    CHECK(r.failure().at() == 3);
}
