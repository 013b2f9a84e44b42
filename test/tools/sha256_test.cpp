#include "sha256.hpp"

#include <lindi/core/bytes.hpp>

#include <doctest/doctest.h>

using namespace lindi::tools;

// Expected sums: printf '%s' TEXT | sha256sum

TEST_CASE("sha256: sums of nothing and of a text in pieces")
{
    CHECK(sha256_of({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sha256 sum;
    sum.add("ab");
    sum.add("c");
    CHECK(sum.finish() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
