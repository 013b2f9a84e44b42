#include <lindi/core/error.hpp>

#include <doctest/doctest.h>

#include <set>

namespace lindi {
namespace {

TEST_CASE("error: prints trail, structure, place, words and detail in one line")
{
    error const e(errc::bad_signature, 0x1f38c0, "chunk B-tree node", "expected TREE");
    CHECK(e.message() == "chunk B-tree node at 0x1f38c0: signature does not match (expected TREE)");
    CHECK(
        e.within("chunk list").within("/units").message() ==
        "/units: chunk list: chunk B-tree node at 0x1f38c0: signature does not match (expected "
        "TREE)"
    );
}

TEST_CASE("error: leaves out what is not known")
{
    CHECK(error(errc::cancelled, error::nowhere, "").message() == "cancelled");
    CHECK(error(errc::truncated, error::nowhere, "file").message() == "file: ends too early");
    CHECK(error(errc::truncated, 16, "").message() == "at 0x10: ends too early");
    CHECK(error(errc::truncated, 16, "").within("x").message() == "x: at 0x10: ends too early");
}

TEST_CASE("error: a trail does not change the error it came from")
{
    error const inner(errc::cycle, 8, "heap");
    auto const outer = inner.within("group");
    CHECK(inner.message() == "heap at 0x8: leads back to itself");
    CHECK(outer.code() == inner.code());
    CHECK(outer.at() == 8);
    CHECK(outer.structure() == "heap");
    CHECK(outer.detail().empty());
}

TEST_CASE("error: system codes keep their category and words")
{
    error const e(std::make_error_code(std::errc::timed_out), 0, "file");
    CHECK(e.code() == std::errc::timed_out);
    CHECK(e.message() == "file at 0x0: " + std::make_error_code(std::errc::timed_out).message());
}

TEST_CASE("error: every code has words of its own")
{
    std::set<std::string> words;
    for (int code = 1; code <= static_cast<int>(errc::io); ++code)
        words.insert(make_error_code(static_cast<errc>(code)).message());
    CHECK(words.size() == static_cast<std::size_t>(errc::io));
    CHECK_FALSE(words.contains("unknown error"));
    CHECK(std::error_code(999, lindi_category()).message() == "unknown error");
    CHECK(std::string(lindi_category().name()) == "lindi");
}

TEST_CASE("result: asking a failure for its value throws the message")
{
    result<int> const r = error(errc::not_found, 4, "heap", "object 7");
    try {
        (void)r.value();
        FAIL("no exception");
    } catch (std::system_error const& e) {
        CHECK(e.code() == errc::not_found);
        CHECK(std::string(e.what()).starts_with("heap at 0x4: not found (object 7)"));
    }
}

TEST_CASE("result: the error of a value is none")
{
    result<int> const r = 7;
    CHECK_FALSE(r.error().code());
}

}  // namespace
}  // namespace lindi
