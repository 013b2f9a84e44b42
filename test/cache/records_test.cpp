#include "../../lib/cache/records.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

using namespace lindi;
using namespace lindi::cache;

namespace {

/// As range_value writes it, with any bytes behind.
std::string with_checksum(std::string_view key, std::string const& rest)
{
    auto crc =
        ::crc32(0, reinterpret_cast<Bytef const*>(key.data()), static_cast<uInt>(key.size()));
    if (!rest.empty())
        crc = ::crc32(
            crc, reinterpret_cast<Bytef const*>(rest.data()), static_cast<uInt>(rest.size())
        );
    std::string out;
    for (unsigned shift = 32; shift != 0; shift -= 8)
        out += static_cast<char>(crc >> (shift - 8) & 0xff);
    return out + rest;
}

std::optional<std::string> parsed(std::string_view key, std::string_view value)
{
    std::string room;
    auto const bytes = parse_range_value(key, value, room);
    return bytes ? std::optional<std::string>(*bytes) : std::nullopt;
}

}  // namespace

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
    CHECK(parsed(key, value) == "hello");
    for (std::size_t i = 0; i < value.size() * 8; ++i) {
        auto bad = value;
        bad[i / 8] = static_cast<char>(bad[i / 8] ^ 1 << i % 8);
        CHECK_FALSE(parsed(key, bad).has_value());
    }
    CHECK_FALSE(parsed(key, value.substr(0, 8)).has_value());
    CHECK_FALSE(parsed(range_key(id_of("a"), {11, 5}), value).has_value());
    CHECK_FALSE(parsed("", "").has_value());
}

TEST_CASE("cache records: what LZ4 makes smaller is stored so, the rest as it is")
{
    auto const id = id_of("a");
    std::string const zeros(50'000, '\0');
    auto const zeros_key = range_key(id, {0, zeros.size()});
    auto const small = range_value(zeros_key, zeros);
    CHECK(small.size() < 1000);
    CHECK(parsed(zeros_key, small) == zeros);
    std::string noise;
    std::uint32_t state = 7;
    for (int i = 0; i < 50'000; ++i) {
        state = state * 1664525 + 1013904223;
        noise += static_cast<char>(state >> 24);
    }
    auto const noise_key = range_key(id, {0, noise.size()});
    auto const same = range_value(noise_key, noise);
    CHECK(same.size() == noise.size() + range_overhead);
    CHECK(parsed(noise_key, same) == noise);
}

TEST_CASE("cache records: a sound checksum over anything else is missing too")
{
    // Values made with the program's own checksum: what a broken program or a colliding key leaves.
    auto const id = id_of("a");
    std::string const zeros(5000, '\0');
    auto const key = range_key(id, {0, zeros.size()});
    auto const other_key = range_key(id, {0, zeros.size() + 1});
    auto const packed = range_value(key, zeros).substr(4);
    for (auto const& rest :
         {packed,
          packed.substr(0, packed.size() - 1),
          std::string(1, '\2') + zeros,
          std::string(1, '\0') + zeros}) {
        CAPTURE(rest.size());
        CHECK_FALSE(parsed(other_key, with_checksum(other_key, rest)).has_value());
    }
    CHECK(parsed(key, with_checksum(key, packed)).has_value());
    CHECK_FALSE(parsed(key, with_checksum(key, "")).has_value());
    auto const huge = range_key(id, {0, ~std::uint64_t{0}});
    CHECK_FALSE(parsed(huge, with_checksum(huge, packed)).has_value());
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
