#include <lindi/io/memory_source.hpp>

#include <doctest/doctest.h>

#include <numeric>

namespace lindi::io {
namespace {

bytes counting(std::size_t size)
{
    bytes out(size);
    for (std::size_t i = 0; i < size; ++i)
        out[i] = static_cast<std::byte>(i);
    return out;
}

TEST_CASE("memory source: every range is there, without a copy")
{
    auto const content = counting(100);
    memory_source from("sample", std::span<std::byte const>(content));
    CHECK(from.name() == "sample");
    CHECK(from.size() == 100);
    auto const part = from.resident({10, 20});
    REQUIRE(part.has_value());
    CHECK(part->view.at == 10);
    CHECK(part->view.size() == 20);
    CHECK(part->view.bytes.data() == content.data() + 10);
    CHECK(from.resident({0, 100})->view.size() == 100);
    CHECK(from.resident({100, 0})->view.size() == 0);
}

TEST_CASE("memory source: blocks keep bytes that the source owns")
{
    std::optional<block> part;
    {
        memory_source from("sample", counting(100));
        part = from.resident({97, 3});
    }
    CHECK(part->view.bytes[2] == std::byte{99});
}

TEST_CASE("memory source: a wave is answered inside the call, in order")
{
    memory_source from("sample", counting(100));
    answers got;
    from.fetch({{90, 10}, {5, 1}}, [&](answers a) { got = std::move(a); });
    REQUIRE(got.size() == 2);
    CHECK(got[0]->view.at == 90);
    CHECK(got[1]->view.bytes[0] == std::byte{5});
}

TEST_CASE("memory source: an empty file has no bytes")
{
    memory_source from("empty", bytes{});
    CHECK(from.size() == 0);
    CHECK(from.resident({0, 0})->view.size() == 0);
}

}  // namespace
}  // namespace lindi::io
