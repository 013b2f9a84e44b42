#include <lindi/io/source.hpp>

#include <doctest/doctest.h>

namespace lindi::io {
namespace {

block part(bytes const& of, std::uint64_t offset, std::size_t size)
{
    return {nullptr, block_view{of, 0}.sub(static_cast<std::size_t>(offset), size)};
}

TEST_CASE("answers: those that fit stay, failures keep their error, others become errors")
{
    bytes const content(100);
    std::vector<byte_range> const wave{{0, 10}, {10, 10}, {20, 10}, {30, 10}};
    answers got;
    got.emplace_back(part(content, 0, 10));
    got.emplace_back(part(content, 10, 9));
    got.emplace_back(part(content, 21, 10));
    got.emplace_back(error(errc::cancelled, 30, "file"));
    check_answers(wave, got);
    REQUIRE(got.size() == 4);
    CHECK(got[0].has_value());
    CHECK(got[1].error().code() == errc::io);
    CHECK(got[1].error().at() == 10);
    CHECK(got[2].error().code() == errc::io);
    CHECK(got[3].error().code() == errc::cancelled);
}

TEST_CASE("answers: as many as ranges were asked for")
{
    bytes const content(100);
    answers few;
    check_answers({{0, 10}}, few);
    REQUIRE(few.size() == 1);
    CHECK(few[0].error().code() == errc::io);

    answers many;
    many.emplace_back(part(content, 0, 10));
    many.emplace_back(part(content, 10, 10));
    check_answers({{0, 10}}, many);
    REQUIRE(many.size() == 1);
    CHECK(many[0].has_value());
}

}  // namespace
}  // namespace lindi::io
