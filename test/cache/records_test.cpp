#include "../../lib/cache/records.hpp"

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::cache;

TEST_CASE("cache records: keys sort by offset and belong to one content")
{
    auto const id = id_of("a");
    CHECK(id.size() == 16);
    CHECK(id != id_of("b"));
    CHECK(range_key(id, {255, 1}) < range_key(id, {256, 1}));
    CHECK(parse_range_key(range_key(id, {7, 9}), id) == io::byte_range{7, 9});
    CHECK_FALSE(parse_range_key(range_key(id, {7, 9}), id_of("b")).has_value());
    CHECK_FALSE(parse_range_key("short", id).has_value());
}

TEST_CASE("cache records: a value with any bit changed is missing")
{
    auto const key = range_key(id_of("a"), {10, 5});
    auto const value = range_value(key, "hello");
    CHECK(parse_range_value(key, value) == "hello");
    for (std::size_t i = 0; i < value.size() * 8; ++i) {
        auto bad = value;
        bad[i / 8] = static_cast<char>(bad[i / 8] ^ 1 << i % 8);
        CHECK_FALSE(parse_range_value(key, bad).has_value());
    }
    CHECK_FALSE(parse_range_value(key, value.substr(0, 8)).has_value());
    CHECK_FALSE(parse_range_value(range_key(id_of("a"), {11, 5}), value).has_value());
    CHECK_FALSE(parse_range_value("", "").has_value());
}

TEST_CASE("cache records: files and notes there and back")
{
    auto const file = parse_file_record(write_file_record({1, 2, "text"}));
    REQUIRE(file.has_value());
    CHECK(file->last_use == 1);
    CHECK(file->bytes == 2);
    CHECK(file->text == "text");
    CHECK_FALSE(parse_file_record("short").has_value());
    auto const note = write_note("url", "what");
    CHECK(parse_note(note, "url") == "what");
    CHECK_FALSE(parse_note(note, "other").has_value());
    for (std::size_t n = 0; n < note.size(); ++n)
        CHECK_FALSE(parse_note(note.substr(0, n), "url").has_value());
}
