#include <lindi/array/pieces.hpp>

#include <doctest/doctest.h>

namespace lindi::array {
namespace {

/// Places of a part's elements in an array, in C order.
std::vector<std::uint64_t> places(hyperslab const& part, std::vector<std::uint64_t> const& extents)
{
    std::vector<std::uint64_t> out{0};
    for (std::size_t d = 0; d < part.size(); ++d) {
        std::vector<std::uint64_t> deeper;
        for (auto const place : out)
            for (std::uint64_t i = 0; i < part[d].count; ++i)
                deeper.push_back(place * extents[d] + part[d].start + i * part[d].step);
        out = std::move(deeper);
    }
    return out;
}

TEST_CASE("pieces: one after the other they are the part, none is too large")
{
    std::vector<std::uint64_t> const extents{9, 5, 4};
    std::vector<std::uint64_t> const chunk{4, 2, 3};
    hyperslab const parts[] = {
        whole(extents), {{1, 3, 2}, {0, 5, 1}, {1, 2, 2}}, {{8, 1, 1}, {2, 2, 2}, {0, 4, 1}}};
    for (auto const& part : parts)
        for (std::uint64_t most = 1; most < 200; ++most) {
            CAPTURE(most);
            piece_list pieces(part, most, chunk);
            std::vector<std::uint64_t> all;
            while (auto const piece = pieces.next()) {
                CHECK(element_count(*piece) <= most);
                auto const some = places(*piece, extents);
                REQUIRE_FALSE(some.empty());
                all.insert(all.end(), some.begin(), some.end());
            }
            CHECK(all == places(part, extents));
        }
}

TEST_CASE("pieces: cuts fall between chunks")
{
    std::vector<std::uint64_t> const chunk{100, 8};
    piece_list pieces({{50, 900, 1}, {0, 8, 1}}, 250 * 8, chunk);
    std::vector<std::uint64_t> starts;
    while (auto const piece = pieces.next())
        starts.push_back((*piece)[0].start);
    CHECK(starts == std::vector<std::uint64_t>{50, 300, 500, 700});
}

TEST_CASE("pieces: a scalar is one, an empty part none")
{
    piece_list scalar({}, 10, {});
    CHECK(scalar.next().has_value());
    CHECK_FALSE(scalar.next().has_value());
    piece_list empty({{0, 0, 1}, {0, 5, 1}}, 10, {});
    CHECK_FALSE(empty.next().has_value());
}

}  // namespace
}  // namespace lindi::array
