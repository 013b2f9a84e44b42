#include "../../lib/edit/blob_names.hpp"

#include <doctest/doctest.h>

using namespace lindi::edit;

TEST_CASE("blob names: those of Python lindi where a tar can have them")
{
    CHECK(blob_name("a/b_c/0.1", 0) == "blobs/a/b_c/0.1");
    CHECK(blob_name("a/b_c/0.1", 2) == "blobs/a/b_c/0.1.v2");
    CHECK(blob_name("two words/0", 17) == "blobs/17");
    CHECK(numbered_blob_name(18) == "blobs/18");
}

TEST_CASE("blob names: what is no plain path")
{
    for (auto const* const path :
         {"",
          "/",
          "/a",
          "a/",
          "a//b",
          ".",
          "..",
          "a/..",
          "../a",
          "a/./b",
          "a b",
          "a\\b",
          "a:b",
          "\n",
          "caf\xc3\xa9",
          "a*",
          "~"}) {
        CAPTURE(path);
        CHECK_FALSE(is_plain_path(path));
    }
    for (auto const* const path : {"a", "a/0.0", "...", "a/.b/c-d", "A_9/0"}) {
        CAPTURE(path);
        CHECK(is_plain_path(path));
    }
    CHECK(is_plain_path(std::string(70, 'x')));
    CHECK_FALSE(is_plain_path(std::string(71, 'x')));
    // The longest that there may be: a tar has 100 bytes for it.
    CHECK(blob_name(std::string(70, 'x'), ~std::uint64_t{0}).size() <= 100);
}
