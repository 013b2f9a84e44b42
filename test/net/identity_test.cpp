#include <lindi/net/identity.hpp>

#include <doctest/doctest.h>

using lindi::net::difference;
using lindi::net::identity;

namespace {

identity make(std::string etag, std::string date = {}, std::string version = {})
{
    identity out;
    out.size = 10;
    out.etag = std::move(etag);
    out.last_modified = std::move(date);
    out.version = std::move(version);
    return out;
}

}  // namespace

TEST_CASE("identity: the same headers are the same content")
{
    CHECK(difference(make("\"a\"", "d", "v"), make("\"a\"", "d", "v")).empty());
    CHECK(difference(make(""), make("")).empty());
}

TEST_CASE("identity: another size, version, ETag or date is another content")
{
    auto larger = make("\"a\"");
    larger.size = 11;
    CHECK_FALSE(difference(make("\"a\""), larger).empty());
    CHECK_FALSE(difference(make("\"a\"", "", "1"), make("\"a\"", "", "2")).empty());
    CHECK_FALSE(difference(make("\"a\""), make("\"b\"")).empty());
    CHECK_FALSE(difference(make("", "d"), make("", "e")).empty());
    CHECK_FALSE(difference(make("W/\"a\""), make("W/\"b\"")).empty());
}

TEST_CASE("identity: the strongest sign decides")
{
    // Servers of one farm may give the same file different dates or weak tags.
    CHECK(difference(make("\"a\"", "d"), make("\"a\"", "e")).empty());
    CHECK(difference(make("W/\"a\"", "d"), make("W/\"b\"", "d")).empty());
    CHECK(difference(make("\"a\""), make("")).empty());
}
