#include "types.hpp"

#include <lindi/hdf5/same_type.hpp>

#include <doctest/doctest.h>

namespace lindi::hdf5 {
namespace {

test::type_ptr point(char const* last, std::uint32_t size)
{
    auto out = test::make_type(type_class::compound, 4 + size);
    out->members = {{"x", 0, test::floating(4)}, {last, 4, test::floating(size)}};
    return out;
}

test::type_ptr answer(char const* name, unsigned value)
{
    auto out = test::make_type(type_class::enumeration, 1);
    out->base = test::integer(1);
    out->values = {{name, lindi::bytes(1, static_cast<std::byte>(value))}};
    return out;
}

}  // namespace

TEST_CASE("same type: what elements show counts, names among it")
{
    CHECK(same_type(*test::integer(4), *test::integer(4)));
    CHECK_FALSE(same_type(*test::integer(4), *test::integer(8)));
    CHECK_FALSE(same_type(*test::integer(4), *test::integer(4, false)));
    CHECK_FALSE(same_type(*test::floating(4), *test::integer(4)));
    CHECK_FALSE(same_type(*test::floating(8), *test::floating(8, byte_order::big)));
    CHECK(same_type(*point("y", 8), *point("y", 8)));
    CHECK_FALSE(same_type(*point("y", 8), *point("z", 8)));
    CHECK_FALSE(same_type(*point("y", 8), *point("y", 4)));
    CHECK(same_type(*answer("YES", 1), *answer("YES", 1)));
    CHECK_FALSE(same_type(*answer("YES", 1), *answer("NO", 1)));
    CHECK_FALSE(same_type(*answer("YES", 1), *answer("YES", 2)));
}

TEST_CASE("same type: how it is stored does not count")
{
    auto const plain = test::integer(4);
    auto committed = *plain;
    committed.committed_at = 800;
    committed.version = 3;
    committed.high_pad = bit_pad::one;
    CHECK(same_type(*plain, committed));
}

}  // namespace lindi::hdf5
