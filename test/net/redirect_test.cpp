#include <lindi/net/redirect.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using net::follow_redirect;
using net::parse_url;

TEST_CASE("redirect: the five statuses")
{
    for (unsigned const status : {301U, 302U, 303U, 307U, 308U})
        CHECK(net::is_redirect(status));
    for (unsigned const status : {200U, 300U, 304U, 305U, 306U, 309U})
        CHECK_FALSE(net::is_redirect(status));
}

TEST_CASE("redirect: leads to another server, to https, to another path")
{
    auto const from = *parse_url("http://a/x");
    CHECK(follow_redirect({}, from, "http://b/y", 0)->text() == "http://b/y");
    CHECK(follow_redirect({}, from, "https://a/x", 9)->text() == "https://a/x");
    CHECK(follow_redirect({}, from, "/y", 0)->text() == "http://a/y");
}

TEST_CASE("redirect: refused are too many, none, downgrades, passwords, other schemes")
{
    auto const from = *parse_url("https://a/x");
    CHECK(follow_redirect({}, from, "/y", 10).error().code() == errc::io);
    CHECK(follow_redirect({}, from, "", 0).has_error());
    CHECK(follow_redirect({}, from, "http://a/x", 0).has_error());
    CHECK(follow_redirect({}, from, "https://me:pass@b/", 0).has_error());
    CHECK(follow_redirect({}, from, "ftp://b/", 0).has_error());
    CHECK(follow_redirect({}, from, "file:///etc/passwd", 0).has_error());
    net::redirect_options lax;
    lax.from_https_to_http = true;
    CHECK(follow_redirect(lax, from, "http://a/x", 0).has_value());
}
