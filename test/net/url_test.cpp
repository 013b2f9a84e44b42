#include <lindi/net/url.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using net::parse_url;
using net::resolve_url;

TEST_CASE("URL: scheme, host, port and target come apart")
{
    auto const u = parse_url("https://Example.ORG/a/b.nwb?x=1&y=%2F#part");
    REQUIRE(u.has_value());
    CHECK(u->tls);
    CHECK(u->host == "example.org");
    CHECK(u->port == 443);
    CHECK(u->target == "/a/b.nwb?x=1&y=%2F");
    CHECK(u->path() == "/a/b.nwb");
    CHECK(u->text() == "https://example.org/a/b.nwb?x=1&y=%2F");
}

TEST_CASE("URL: escapes of presigned URLs stay as they are")
{
    auto const u = parse_url("https://h/a%7Eb%2fc?X-Amz-Credential=AK%2F2013%2Fus");
    REQUIRE(u.has_value());
    CHECK(u->target == "/a%7Eb%2fc?X-Amz-Credential=AK%2F2013%2Fus");
}

TEST_CASE("URL: unusual ports are part of the authority, usual ones are not")
{
    CHECK(parse_url("http://h:8080/")->authority() == "h:8080");
    CHECK(parse_url("http://h:80/")->authority() == "h");
    CHECK(parse_url("https://h:80/")->authority() == "h:80");
    CHECK(parse_url("http://[::1]:8080/x")->authority() == "[::1]:8080");
    CHECK(parse_url("http://[::1]:8080/x")->host == "::1");
}

TEST_CASE("URL: what people paste is escaped")
{
    CHECK(parse_url(" https://h/a b{c}\xc3\xa9 ")->target == "/a%20b%7Bc%7D%C3%A9");
}

TEST_CASE("URL: what is no http URL is refused")
{
    CHECK(parse_url("ftp://h/x").error().code() == errc::unsupported);
    CHECK(parse_url("file:///etc/passwd").error().code() == errc::unsupported);
    for (auto const* const text :
         {"",
          "h/x",
          "/x",
          "http://",
          "http:///x",
          "http://h:0/",
          "http://h:99999/",
          "http://h\r\nX: y/",
          "http://h/\x01",
          "http://a b/",
          "http://h:text",
          "http://me:x/",
          "http://%00/",
          "http://h%0d%0a/"}) {
        CAPTURE(text);
        auto const u = parse_url(text);
        REQUIRE(u.has_error());
        CHECK(u.error().code() == errc::bad_value);
    }
    CHECK(parse_url("http://h/" + std::string(20'000, 'a')).has_error());
    CHECK(parse_url("http://a%3ab/").has_error());  // RFC 3986, 3.2.2: only [] may hold a colon
}

TEST_CASE("URL: a user is kept apart and never printed")
{
    auto const u = parse_url("http://me:secret@h/x");
    REQUIRE(u.has_value());
    CHECK(u->user_info == "me:secret");
    CHECK(u->text() == "http://h/x");
}

TEST_CASE("URL: references are resolved against where they came from")
{
    auto const base = *parse_url("https://h:444/a/b/c?q");
    CHECK(resolve_url(base, "d")->text() == "https://h:444/a/b/d");
    CHECK(resolve_url(base, "../d?x")->text() == "https://h:444/a/d?x");
    CHECK(resolve_url(base, "/d")->text() == "https://h:444/d");
    CHECK(resolve_url(base, "//o/d")->text() == "https://o/d");
    CHECK(resolve_url(base, "http://o/d")->text() == "http://o/d");
    CHECK(resolve_url(base, "javascript:alert(1)").has_error());
    CHECK(resolve_url(base, "http://o/\r\nX: y").has_error());
}

TEST_CASE("URL: parameters are found without looking at case")
{
    auto const u = *parse_url("https://h/x?a=1&X-Amz-Date=2013%30&b");
    CHECK(net::query_parameter(u, "x-amz-date") == "20130");
    CHECK(net::query_parameter(u, "b").empty());
    CHECK(net::query_parameter(u, "c").empty());
}

TEST_CASE("URL: percent encoding leaves unreserved characters alone")
{
    CHECK(net::percent_encode("a b/c~d+e", true) == "a%20b/c~d%2Be");
    CHECK(net::percent_encode("a/b", false) == "a%2Fb");
}
