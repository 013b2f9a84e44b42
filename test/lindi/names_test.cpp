#include <lindi/lindi/names.hpp>

#include <doctest/doctest.h>

using namespace lindi;

TEST_CASE("names: UTF-8 stays, other bytes are escaped")
{
    CHECK(rfs::written_name("\xc3\xa9 {{u1}} 100%") == "\xc3\xa9 {{u1}} 100%");
    CHECK(rfs::written_name("a\xff\xe9") == "a%FF%E9");
    CHECK(rfs::printable_name("a\xff") == "a\\xff");
}

TEST_CASE("names: soft link targets become absolute and tidy")
{
    CHECK(rfs::absolute_path("/g", "h") == "/g/h");
    CHECK(rfs::absolute_path("", "h") == "/h");
    CHECK(rfs::absolute_path("/", "h/i") == "/h/i");
    CHECK(rfs::absolute_path("/g/h", "./i") == "/g/h/i");
    CHECK(rfs::absolute_path("/g", "/a//b/./c/") == "/a/b/c");
    CHECK(rfs::absolute_path("/g", "/") == "/");
    CHECK(rfs::absolute_path("/g", ".") == "/g");
    CHECK(rfs::absolute_path("", "") == "/");
    CHECK(rfs::absolute_path("/g", "../h") == "/g/../h");  // ".." is a name like any other
}
