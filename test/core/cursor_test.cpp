#include "hex.hpp"

#include <lindi/core/cursor.hpp>

#include <doctest/doctest.h>

#include <limits>

namespace lindi {
namespace {

using test::hex;

constexpr auto most = std::numeric_limits<std::uint64_t>::max();
constexpr char const* name = "sample";

TEST_CASE("cursor: fields are little-endian, of any width")
{
    auto const b = hex("01 | 02 03 | 04 05 06 07 | 08 09 0a 0b 0c 0d 0e 0f | 10 11 12");
    cursor c({b, 0x40}, name);
    CHECK(c.u8() == 0x01);
    CHECK(c.u16() == 0x0302);
    CHECK(c.u32() == 0x07060504);
    CHECK(c.u64() == 0x0f0e0d0c0b0a0908);
    CHECK(c.uint(0) == 0);
    CHECK(c.uint(3) == 0x121110);
    CHECK(c.remaining() == 0);
    CHECK(c.position() == b.size());
    CHECK(c.at() == 0x40 + b.size());
    CHECK(c.ok());
    CHECK(c.finish(7).value() == 7);
}

TEST_CASE("cursor: reading past the end fails at the field, and nothing after it moves")
{
    auto const b = hex("01 02 03");
    cursor c({b, 0x40}, name);
    CHECK(c.u8() == 1);
    CHECK(c.u32() == 0);
    CHECK_FALSE(c.ok());
    CHECK(c.u8() == 0);
    CHECK(c.take(1).size() == 0);
    CHECK(c.c_string().empty());
    CHECK(c.position() == 1);
    auto const done = c.finish(7);
    REQUIRE(done.has_error());
    CHECK(done.error().code() == errc::truncated);
    CHECK(done.error().at() == 0x41);
    CHECK(done.error().structure() == name);
}

TEST_CASE("cursor: an empty block has nothing to read")
{
    cursor c({{}, 0x40}, name);
    CHECK(c.uint(0) == 0);
    CHECK(c.take(0).size() == 0);
    CHECK(c.ok());
    CHECK(c.u8() == 0);
    CHECK(c.failure().at() == 0x40);
}

TEST_CASE("cursor: take hands out the bytes where they lie")
{
    auto const b = hex("01 02 03 04");
    cursor c({b, 0x40}, name);
    c.skip(1);
    auto const part = c.take(2);
    CHECK(part.bytes.data() == b.data() + 1);
    CHECK(part.at == 0x41);
    CHECK(c.rest().at == 0x43);
    CHECK(c.rest().size() == 1);
    CHECK(c.take(most).size() == 0);
    CHECK_FALSE(c.ok());
}

TEST_CASE("cursor: text ends at its NUL")
{
    auto const b = hex("'abc' 00 00 'de'");
    cursor c({b, 0x40}, name);
    CHECK(c.c_string() == "abc");
    CHECK(c.c_string().empty());
    CHECK(c.ok());
    CHECK(c.c_string().empty());
    CHECK(c.failure().code() == errc::truncated);
    CHECK(c.failure().at() == 0x45);
    CHECK(c.position() == 5);
}

TEST_CASE("cursor: align counts from the start of the block, not of the file")
{
    auto const b = hex("01 02 03 04 05 06 07 08 09 0a");
    cursor c({b, 0x43}, name);
    c.align(8);
    CHECK(c.position() == 0);
    c.skip(1);
    c.align(8);
    CHECK(c.position() == 8);
    c.skip(1);
    c.align(8);
    CHECK(c.failure().code() == errc::truncated);
}

TEST_CASE("cursor: a signature that differs fails where it stands")
{
    auto const b = hex("'TREF'");
    cursor c({b, 0x40}, name);
    c.expect_signature("TREE");
    CHECK(c.failure().code() == errc::bad_signature);
    CHECK(c.failure().at() == 0x40);
    CHECK(c.failure().detail() == "expected TREE");

    cursor shorter(block_view{b, 0x40}.sub(0, 3), name);
    shorter.expect_signature("TREE");
    CHECK(shorter.failure().code() == errc::truncated);
}

TEST_CASE("cursor: a version outside the range fails where it stands")
{
    auto const b = hex("03");
    CHECK(cursor({b, 0x40}, name).expect_version(1, 3) == 3);
    cursor low({b, 0x40}, name);
    low.expect_version(1, 2);
    CHECK(low.failure().code() == errc::unsupported_version);
    CHECK(low.failure().at() == 0x40);
    CHECK(low.failure().detail() == "version 3");
    cursor high({b, 0x40}, name);
    high.expect_version(4, 5);
    CHECK(high.failure().code() == errc::unsupported_version);
}

TEST_CASE("cursor: room_for counts items without overflow")
{
    bytes const b(16);
    cursor c({b, 0x40}, name);
    CHECK(c.room_for(2, 8));
    CHECK(c.room_for(16, 1));
    CHECK(c.room_for(0, most));
    CHECK(c.room_for(most, 0));
    CHECK_FALSE(c.room_for(std::uint64_t{1} << 61, 8));
    CHECK(c.failure().code() == errc::truncated);
    CHECK_FALSE(c.room_for(0, 1));
}

TEST_CASE("cursor: the first failure stays")
{
    bytes const b(4);
    cursor c({b, 0x40}, name);
    CHECK(c.require(true, errc::bad_value, "not said"));
    CHECK_FALSE(c.require(false, errc::bad_value, "first"));
    c.fail(errc::cycle, "second");
    c.adopt(error(errc::too_large, 0, "other"));
    c.skip(100);
    CHECK(c.failure().code() == errc::bad_value);
    CHECK(c.failure().detail() == "first");
}

TEST_CASE("cursor: the failure of a nested decoder keeps its own place")
{
    bytes const b(4);
    cursor c({b, 0x40}, name);
    c.adopt(error(errc::too_large, 0x99, "other"));
    CHECK(c.failure().structure() == "other");
    CHECK(c.failure().at() == 0x99);
}

}  // namespace
}  // namespace lindi
