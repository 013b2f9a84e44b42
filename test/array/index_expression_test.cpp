#include <lindi/array/index_expression.hpp>

#include <doctest/doctest.h>

#include <numeric>

namespace lindi::array {
namespace {

using shape_type = std::vector<std::uint64_t>;
shape_type const extents{10, 7, 3};

/// The elements of `np.arange(210).reshape(10, 7, 3)` that a part selects.
std::vector<std::uint64_t> selected(hyperslab const& part)
{
    std::vector<std::uint64_t> out;
    for (std::uint64_t i = 0; i < part[0].count; ++i)
        for (std::uint64_t j = 0; j < part[1].count; ++j)
            for (std::uint64_t k = 0; k < part[2].count; ++k)
                out.push_back(
                    (part[0].start + i * part[0].step) * 21 +
                    (part[1].start + j * part[1].step) * 3 + part[2].start + k * part[2].step
                );
    return out;
}

struct expected {
    char const* text;
    shape_type shape;
    std::uint64_t first, last, sum;
};

TEST_CASE("index: what numpy selects")
{
    // numpy: r = a[text]; r.shape, r.ravel()[0], r.ravel()[-1], r.sum()
    expected const facts[] = {
        {"", {10, 7, 3}, 0, 209, 21945},
        {"0:100", {10, 7, 3}, 0, 209, 21945},
        {"::2, -1", {5, 3}, 18, 188, 1545},
        {"...,1", {10, 7}, 1, 208, 7315},
        {"2:-3:3, 1:2", {2, 1, 3}, 45, 110, 465},
        {"-100:3,0,0", {3}, 0, 42, 63},
        {"4,...,0:2", {7, 2}, 84, 103, 1309},
        {" : , -7 ", {10, 3}, 0, 191, 2865},
        {"9:,-1:", {1, 1, 3}, 207, 209, 624},
    };
    for (auto const& fact : facts) {
        CAPTURE(fact.text);
        auto const found = parse_index(fact.text, extents);
        REQUIRE(found.has_value());
        CHECK(check_hyperslab(found->part, extents).has_value());
        CHECK(found->shape == fact.shape);
        auto const elements = selected(found->part);
        CHECK(elements.front() == fact.first);
        CHECK(elements.back() == fact.last);
        CHECK(std::accumulate(elements.begin(), elements.end(), std::uint64_t{0}) == fact.sum);
    }
    CHECK(element_count(parse_index("5:2", extents)->part) == 0);
    CHECK(parse_index("", shape_type{})->part.empty());
    CHECK(parse_index("...", shape_type{})->shape.empty());
}

TEST_CASE("index: what numpy refuses, and steps that HDF5 does not have")
{
    for (auto const* const text :
         {"10",
          "-11",
          "0,0,0,0",
          "...,...",
          "a",
          "1:2:3:4",
          "::0",
          "::-1",
          ",",
          "1,,2",
          "0x3",
          "99999999999999999999",
          "1 2",
          "0:1.5"}) {
        CAPTURE(text);
        auto const found = parse_index(text, extents);
        REQUIRE(found.has_error());
        CHECK(found.error().code() == errc::bad_value);
    }
}

}  // namespace
}  // namespace lindi::array
