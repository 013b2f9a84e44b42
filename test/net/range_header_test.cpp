#include <lindi/net/range_header.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using io::byte_range;
using net::parse_content_range;
using net::range_claim;

TEST_CASE("Range: the last byte is named, not the one after it")
{
    CHECK(net::write_range({0, 1}) == "bytes=0-0");
    CHECK(net::write_range({100, 50}) == "bytes=100-149");
}

TEST_CASE("Content-Range: range and total")
{
    auto const r = parse_content_range("bytes 10-19/100");
    REQUIRE(r.has_value());
    CHECK(*r->range == byte_range{10, 10});
    CHECK(*r->total == 100);
    CHECK(*parse_content_range("Bytes 0-0/1")->range == byte_range{0, 1});
    CHECK_FALSE(parse_content_range("bytes 10-19/*")->total.has_value());
    CHECK_FALSE(parse_content_range("bytes */7")->range.has_value());
}

TEST_CASE("Content-Range: everything else is refused")
{
    for (auto const* const text :
         {"",
          "bytes",
          "bytes ",
          "bytes 1-2",
          "bytes 2-1/10",
          "bytes 0-9/9",
          "bytes -5/9",
          "bytes 1-/9",
          "bytes a-b/c",
          "bytes */*",
          "items 0-1/9",
          "bytes 0-1/9x",
          "bytes 0x0-1/9",
          "bytes +0-1/9",
          "bytes 0-18446744073709551615/*",
          "bytes 0-99999999999999999999/*",
          "bytes 0-1/-9"}) {
        CAPTURE(text);
        CHECK(parse_content_range(text).has_error());
    }
}

namespace {

constexpr byte_range first{0, 100};

range_claim partial(std::string_view content_range, std::uint64_t length)
{
    range_claim out;
    out.status = 206;
    out.content_range = content_range;
    out.content_length = length;
    return out;
}

range_claim whole(std::uint64_t length)
{
    range_claim out;
    out.status = 200;
    out.content_length = length;
    return out;
}

}  // namespace

TEST_CASE("first answer: a larger file sends what was asked for")
{
    auto const got = net::check_first_answer(partial("bytes 0-99/5000", 100), first, 0);
    REQUIRE(got.has_value());
    CHECK(got->range == first);
    CHECK(got->total == 5000);
}

TEST_CASE("first answer: a smaller file sends all it has, an empty one nothing")
{
    auto const small = net::check_first_answer(partial("bytes 0-9/10", 10), first, 0);
    REQUIRE(small.has_value());
    CHECK(small->range == byte_range{0, 10});
    range_claim empty;
    empty.status = 416;
    empty.content_range = "bytes */0";
    auto const nothing = net::check_first_answer(empty, first, 0);
    REQUIRE(nothing.has_value());
    CHECK(nothing->range.size == 0);
    CHECK(nothing->total == 0);
}

TEST_CASE("first answer: a server without ranges may send a small file whole")
{
    CHECK(net::check_first_answer(whole(50), first, 60)->range == byte_range{0, 50});
    CHECK(net::check_first_answer(whole(61), first, 60).has_error());
    auto page = whole(50);
    page.content_type = "Text/HTML; charset=utf-8";
    CHECK(net::check_first_answer(page, first, 60).has_error());
    range_claim unknown;
    unknown.status = 200;
    CHECK(net::check_first_answer(unknown, first, 60).has_error());
}

TEST_CASE("first answer: what does not fit together is refused")
{
    CHECK(net::check_first_answer(partial("bytes 0-98/5000", 99), first, 0).has_error());
    CHECK(net::check_first_answer(partial("bytes 1-100/5000", 100), first, 0).has_error());
    CHECK(net::check_first_answer(partial("bytes 0-99/*", 100), first, 0).has_error());
    CHECK(net::check_first_answer(partial("bytes 0-99/5000", 99), first, 0).has_error());
    CHECK(net::check_first_answer(partial("", 100), first, 0).has_error());
    auto encoded = partial("bytes 0-99/5000", 100);
    encoded.content_encoding = "gzip";
    CHECK(net::check_first_answer(encoded, first, 0).has_error());
    range_claim beyond;
    beyond.status = 416;
    beyond.content_range = "bytes */5";
    CHECK(net::check_first_answer(beyond, first, 0).has_error());
}

TEST_CASE("answer: exactly the range, of a file of the same size")
{
    byte_range const asked{10, 5};
    CHECK(net::check_answer(partial("bytes 10-14/50", 5), asked, 50).has_value());
    CHECK(net::check_answer(partial("bytes 10-14/*", 5), asked, 50).has_value());
    auto const chunked = [] {
        auto out = partial("bytes 10-14/50", 5);
        out.content_length.reset();
        return out;
    }();
    CHECK(net::check_answer(chunked, asked, 50).has_value());
    CHECK(net::check_answer(partial("bytes 10-14/51", 5), asked, 50).has_error());
    CHECK(net::check_answer(partial("bytes 10-13/50", 4), asked, 50).has_error());
    CHECK(net::check_answer(partial("bytes 11-15/50", 5), asked, 50).has_error());
    CHECK(net::check_answer(partial("bytes 10-14/50", 6), asked, 50).has_error());
    CHECK(net::check_answer(whole(50), asked, 50).has_error());
    auto identity = partial("bytes 10-14/50", 5);
    identity.content_encoding = "identity";
    CHECK(net::check_answer(identity, asked, 50).has_value());
}

TEST_CASE("answer: errors say at which byte the read began")
{
    auto const checked = net::check_answer(whole(50), {10, 5}, 50);
    REQUIRE(checked.has_error());
    CHECK(checked.error().code() == errc::io);
    CHECK(checked.error().at() == 10);
}
