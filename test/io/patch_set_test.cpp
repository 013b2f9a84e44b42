#include "hex.hpp"

#include <lindi/io/patch_set.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using io::patch_set;

namespace {

block make_block(std::uint64_t at, std::string_view text)
{
    auto owner = std::make_shared<bytes const>(test::hex(text));
    std::span<std::byte const> const all = *owner;
    return {owner, {all, at}};
}

std::string text_of(block const& b)
{
    return std::string(as_text(b.view.bytes));
}

}  // namespace

TEST_CASE("patch set: a range inside one patch is found, any other is not")
{
    patch_set patches;
    patches.add(make_block(100, "'abcdef'"));
    REQUIRE(patches.find({102, 3}).has_value());
    CHECK(text_of(*patches.find({102, 3})) == "cde");
    CHECK(patches.find({100, 6}).has_value());
    CHECK_FALSE(patches.find({99, 2}).has_value());
    CHECK_FALSE(patches.find({104, 3}).has_value());
    CHECK_FALSE(patches.find({200, 1}).has_value());
}

TEST_CASE("patch set: patches that overlap what was read replace just those bytes")
{
    patch_set patches;
    patches.add(make_block(8, "'XY'"));
    patches.add(make_block(14, "'ZZZZ'"));
    patches.add(make_block(30, "'no'"));
    CHECK(text_of(patches.apply(make_block(9, "'abcdefg'"))) == "YbcdeZZ");
    CHECK(text_of(patches.apply(make_block(20, "'abc'"))) == "abc");
    CHECK(patches.apply(make_block(9, "'abcdefg'")).view.at == 9);
}
