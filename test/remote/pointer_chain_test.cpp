#include "pointer_chain.hpp"

#include <lindi/core/bytes.hpp>

#include <doctest/doctest.h>

using lindi::bytes;
using lindi::test::longest_pointer_chain;

namespace {

void put_address(bytes& file, std::size_t at, std::uint64_t address)
{
    for (std::size_t i = 0; i < 8; ++i)
        file[at + i] = static_cast<std::byte>(address >> 8 * i);
}

}  // namespace

TEST_CASE("pointer chain: structures count, not addresses")
{
    bytes file(1000);
    CHECK(longest_pointer_chain(file, {}) == 0);
    CHECK(longest_pointer_chain(file, {{0, 100}}) == 1);
    put_address(file, 11, 300);
    put_address(file, 305, 700);
    put_address(file, 50, 500);
    CHECK(longest_pointer_chain(file, {{700, 8}, {300, 50}, {0, 100}, {500, 10}}) == 3);
}

TEST_CASE("pointer chain: a shorter way counts")
{
    bytes file(1000);
    put_address(file, 0, 300);
    put_address(file, 300, 700);
    put_address(file, 92, 700);
    CHECK(longest_pointer_chain(file, {{0, 100}, {300, 50}, {700, 8}}) == 2);
    // cut off in front of its last byte
    CHECK(longest_pointer_chain(file, {{0, 99}, {300, 50}, {700, 8}}) == 3);
}

TEST_CASE("pointer chain: circles end, and what nobody leads to comes with its predecessor")
{
    bytes file(1000);
    put_address(file, 0, 300);
    put_address(file, 300, 16);
    put_address(file, 400, 900);
    CHECK(longest_pointer_chain(file, {{0, 100}, {16, 4}, {300, 50}, {400, 50}, {900, 1}}) == 3);
}
