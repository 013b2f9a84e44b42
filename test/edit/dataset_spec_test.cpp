#include <lindi/edit/dataset_spec.hpp>
#include <lindi/hdf5/message/dataspace.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using edit::choose_chunks;
using edit::element_type;

namespace {

using extents = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("chunks: whole rows of at most 4 MiB")
{
    CHECK(choose_chunks({10, 20}, {}, 8) == extents{10, 20});
    CHECK(choose_chunks({6000, 1000}, {}, 8) == extents{524, 1000});
    CHECK(choose_chunks({100, 4'000'000}, {}, 8) == extents{1, 524288});
    CHECK(choose_chunks({5, 1000, 1600}, {}, 4) == extents{1, 655, 1600});
    CHECK(choose_chunks({1}, {}, std::uint64_t{1} << 40) == extents{1});
}

TEST_CASE("chunks: dimensions without elements, and those that grow, have room")
{
    constexpr auto unlimited = ~std::uint64_t{0};
    CHECK(choose_chunks({0, 3}, {}, 8) == extents{1, 3});
    CHECK(choose_chunks({0}, {unlimited}, 8) == extents{524288});
    CHECK(choose_chunks({0, 64}, {unlimited, 64}, 2) == extents{32768, 64});
    CHECK(choose_chunks({1}, {100}, 8) == extents{100});
}

TEST_CASE("types: names, as numpy and the command line have them")
{
    auto const dtype = [](char const* name) { return element_type::parse(name).value().dtype(); };
    CHECK(dtype("float64") == "<f8");
    CHECK(dtype("f4") == "<f4");
    CHECK(dtype(">i2") == ">i2");
    CHECK(dtype("uint8") == "|u1");
    CHECK(dtype("bool") == "|b1");
    CHECK(dtype("S7") == "|S7");
    CHECK(dtype("text") == "|O");
    CHECK(element_type::of<std::int16_t>().dtype() == "<i2");
    CHECK(element_type::of<float>().dtype() == "<f4");
    CHECK(element_type::of<bool>() == element_type::boolean());
    auto const row = element_type::parse(R"([["a","int32"],["b","text"]])").value();
    REQUIRE(row.fields().size() == 2);
    CHECK(row.fields()[0].name == "a");
    CHECK(row.fields()[1].type == element_type::text());
}

TEST_CASE("types: what LINDI cannot say is refused")
{
    for (char const* name :
         {"",
          "float",
          "int128",
          "f16",
          "c8",
          "M8[us]",
          "S0",
          "S9999999",
          "<U5",
          "[]",
          R"([["a"]])",
          R"([["a","int8"],["a","int8"]])",
          R"([["","int8"]])",
          R"([["a","sequence"]])"}) {
        CAPTURE(name);
        CHECK(element_type::parse(name).has_error());
    }
}
