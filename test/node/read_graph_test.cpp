#include "chopped_source.hpp"
#include "failing_source.hpp"
#include "graph_text.hpp"
#include "sample_file.hpp"
#include "walked_file.hpp"

#include <lindi/node/read_graph.hpp>

#include <doctest/doctest.h>

#include <array>
#include <map>

using namespace lindi;
using namespace lindi::test;

namespace {

constexpr std::array samples{"old", "latest", "indexes", "shared", "narrow", "values"};

char const* name_of(node::object_kind kind)
{
    switch (kind) {
    case node::object_kind::group:
        return "group";
    case node::object_kind::dataset:
        return "dataset";
    case node::object_kind::datatype:
        return "datatype";
    case node::object_kind::unknown:
        return "unknown";
    }
    return "?";
}

}  // namespace

TEST_CASE("read graph: finds the objects that libhdf5 finds, at the same addresses")
{
    for (auto const* const name : samples) {
        CAPTURE(name);
        walked_file f(sample_file(name));
        REQUIRE(f.opened().has_value());
        CHECK(f.problems().empty());
        auto const facts = facts_of(name, "object");
        REQUIRE_FALSE(facts.empty());
        for (auto const& fact : facts) {
            CAPTURE(fact.path);
            auto const& o = f.at(fact.path);
            CHECK(name_of(o.kind) == fact.values.at(0));
            CHECK(o.address == fact.number(1));
        }
        CHECK(f.graph().objects.size() == facts.size());
    }
}

TEST_CASE("read graph: chunk tables of every index are those of H5Dget_chunk_info")
{
    std::size_t seen = 0;
    for (auto const* const name : samples) {
        CAPTURE(name);
        walked_file f(sample_file(name));
        std::map<std::string, std::uint64_t> counts;
        for (auto const& fact : facts_of(name, "chunk")) {
            CAPTURE(fact.path);
            auto const& table = f.data(fact.path).chunks.value();
            auto const chunk = table.find(fact.number(0));
            REQUIRE(chunk.has_value());
            CHECK(chunk->offset == fact.number(1));
            CHECK(chunk->size == fact.number(2));
            CHECK(chunk->filter_mask == fact.number(3));
            ++counts[fact.path];
            ++seen;
        }
        for (auto const& [path, count] : counts)
            CHECK(f.data(path).chunks->count() == count);
    }
    CHECK(seen > 300);
}

TEST_CASE("read graph: the grid of chunks is that of the extents")
{
    for (auto const& fact : facts_of("indexes", "grid")) {
        walked_file f(sample_file("indexes"));
        auto const grid = f.data(fact.path).chunk_grid();
        REQUIRE(grid.size() == fact.values.size());
        for (std::size_t i = 0; i < grid.size(); ++i)
            CHECK(grid[i] == fact.number(i));
    }
}

TEST_CASE("read graph: bytes that come late, in pieces and out of order give the same graph")
{
    for (auto const* const name : samples) {
        CAPTURE(name);
        auto const content = sample_file(name);
        walked_file at_once{bytes(content)};
        auto const want = graph_text(at_once.graph());
        for (std::uint64_t seed = 0; seed < 8; ++seed) {
            CAPTURE(seed);
            chopped_source from(content, seed);
            walked_file late(from);
            REQUIRE(late.opened().has_value());
            CHECK(graph_text(late.graph()) == want);
        }
    }
}

TEST_CASE("read graph: siblings share their waves")
{
    // 40 members in a dense group cost as many waves as one of them: header, heap, blocks, objects.
    auto const content = sample_file("latest");
    slow_source from(content);
    walked_file f(from);
    REQUIRE(f.opened().has_value());
    CHECK(f.graph().objects.size() > 40);
    CHECK(f.stats().waves < 20);
    CHECK(f.stats().waves == from.waves.size());
}

TEST_CASE("read graph: a read that fails at any step is told, and loses no more than it must")
{
    for (auto const how : {failure::timed_out, failure::cut_short}) {
        for (auto const* const name : {"old", "latest"}) {
            CAPTURE(name);
            auto const content = sample_file(name);
            for (std::uint64_t step = 0;; ++step) {
                CAPTURE(step);
                failing_source from(content, step, how);
                walked_file f(from);
                if (!from.has_failed())
                    break;
                auto const told = f.opened().has_error() || !f.problems().empty();
                // A block that is cut short may still hold all that was wanted of it.
                if (how == failure::timed_out)
                    CHECK(told);
                if (f.opened().has_error())
                    CHECK_FALSE(f.opened().error().message().empty());
            }
        }
    }
}

TEST_CASE("read graph: what is no HDF5 file is refused")
{
    for (std::size_t const size : {0u, 1u, 8u, 600u}) {
        walked_file f(bytes(size, std::byte{0x5a}));
        REQUIRE(f.opened().has_error());
        CHECK(f.opened().error().code() == errc::not_hdf5);
    }
}

TEST_CASE("read graph: every shorter file ends with a result or a named error")
{
    auto const content = sample_file("narrow");
    for (std::size_t size = 0; size < content.size(); size += 37) {
        CAPTURE(size);
        walked_file f(bytes(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(size)));
        if (f.opened().has_error())
            CHECK_FALSE(f.opened().error().structure().empty());
    }
}

TEST_CASE("read graph: a budget that runs out names the limit")
{
    limits few;
    few.objects = 3;
    walked_file f(sample_file("latest"), few);
    bool named = false;
    for (auto const& problem : f.problems())
        named = named || problem.find("limit on objects") != std::string::npos;
    CHECK(named);
}

TEST_CASE("read graph: cancelling ends the walk")
{
    auto const content = sample_file("old");
    slow_source from(content);
    budget left{limits{}};
    io::reader reader(from, left);
    auto const codecs = codec::built_in_filters();
    node::file f(reader, codecs);
    reader.cancel();
    auto const done = reader.run(node::read_graph(f, {}));
    REQUIRE(done.has_error());
    CHECK(done.error().code() == errc::cancelled);
}
