#include <lindi/lindi/reference_document.hpp>

#include <doctest/doctest.h>

namespace lindi::rfs {
namespace {

result<reference_document> parse(std::string const& text, limits const& max = {})
{
    auto const owner = std::make_shared<std::string const>(text);
    budget from(max);
    return reference_document::parse({owner, {as_bytes(*owner), 0}}, from);
}

reference_document document(std::string const& text)
{
    auto parsed = parse(text);
    REQUIRE_MESSAGE(parsed.has_value(), parsed.error().message());
    return std::move(*parsed);
}

byte_reference reference(reference_document const& from, std::size_t i)
{
    auto const value = from.value(i);
    REQUIRE_MESSAGE(value.has_value(), value.error().message());
    return std::get<byte_reference>(*value);
}

std::string inline_text(std::string const& json)
{
    auto const decoded = decode_inline(json);
    return decoded ? std::string(as_text(*decoded)) : "refused";
}

}  // namespace

TEST_CASE("reference document: all forms of values")
{
    auto const d = document(
        R"({"refs": {".zgroup": {"zarr_format": 2}, "a/0": ["u", 3, 4], "a/1": ["u"], "a/2": "base64:AAE=",)"
        R"( "a:\"b" : "x" }, "version": 1, "mine": [1, 2]})"
    );
    REQUIRE(d.size() == 5);
    CHECK(d.raw_key(0) == ".zgroup");
    CHECK(std::get<inline_content>(d.value(0).value()).raw == R"({"zarr_format": 2})");
    CHECK(reference(d, 1).raw_url == "u");
    CHECK(reference(d, 1).offset == 3);
    CHECK(reference(d, 1).size == 4u);
    CHECK_FALSE(reference(d, 2).size.has_value());
    CHECK(std::get<inline_content>(d.value(3).value()).raw == R"("base64:AAE=")");
    CHECK(d.raw_key(4) == R"(a:\"b)");
    CHECK(std::get<inline_content>(d.value(4).value()).raw == R"("x")");
    REQUIRE(d.other_members().size() == 2);
    CHECK(d.other_members()[1].raw_key == "mine");
    CHECK(d.other_members()[1].raw_value == "[1, 2]");
}

TEST_CASE("reference document: version 0 has its references at the top")
{
    auto const d = document(R"({".zgroup": "{\"zarr_format\": 2}", "a/0": ["u", 0, 1]})");
    CHECK(d.size() == 2);
    CHECK(reference(d, 1).raw_url == "u");
}

TEST_CASE("reference document: a value of another form is the error of its key")
{
    auto const d = document(
        R"({"refs": {"a": ["u", 1], "b": ["u", -1, 2], "c": 5, "d": [1, 2, 3], "e": ["u", 1, 2, 3],)"
        R"( "f": [], "g": ["u", 1.0, 2], "h": ["ok", 1, 2]}})"
    );
    for (std::size_t i = 0; i < 7; ++i)
        CHECK_MESSAGE(d.value(i).has_error(), d.raw_key(i));
    CHECK(reference(d, 7).raw_url == "ok");
}

TEST_CASE("reference document: what is none is refused")
{
    CHECK(parse("").has_error());
    CHECK(parse("[]").has_error());
    CHECK(parse(R"({"version": 1})").error().code() == errc::bad_value);
    CHECK(parse(R"({"refs": {}, "version": 2})").error().code() == errc::unsupported_version);
    CHECK(parse(R"({"refs": {}, "gen": [{"key": "x"}]})").error().code() == errc::unsupported);
    CHECK(parse(R"({"refs": {}, "gen": [ ]})").has_value());
    CHECK(parse(R"({"refs": {"a": "b"}} x)").has_error());
    CHECK(parse(R"({"refs": {}})"
                "    \n")
              .has_value());
    limits small;
    small.memory = 1000;
    CHECK(parse(R"({"refs": {"a": "b"}})", small).error().code() == errc::too_large);
}

TEST_CASE("reference document: templates are put in wherever they stand, in one pass")
{
    auto const d =
        document(R"({"refs": {}, "templates": {"u1": "https://h/x", "{b}": "B", "a b": "{{u1}}"}})"
        );
    CHECK(d.expand("{{u1}}") == "https://h/x");
    CHECK(d.expand("{{u1}}/y{{u1}}") == "https://h/x/yhttps://h/x");
    CHECK(d.expand("{{a b}}") == "{{u1}}");
    CHECK(d.expand("{{ u1 }}") == "{{ u1 }}");
    CHECK(d.expand("{{none}}{{u1}}") == "{{none}}https://h/x");
    CHECK(d.expand("{{") == "{{");
}

TEST_CASE("reference document: inline content as bytes")
{
    CHECK(inline_text(R"("\u0002\u0001x")") == "\x02\x01x");
    CHECK(inline_text(R"("base64:QUI=")") == "AB");
    CHECK(inline_text(R"("\u0062ase64:QUI=")") == "AB");
    CHECK(inline_text(R"({"a": 1})") == R"({"a": 1})");
    CHECK(inline_text(R"("base64:QUI")") == "refused");
    CHECK(inline_text(R"("\q")") == "refused");
}

}  // namespace lindi::rfs
