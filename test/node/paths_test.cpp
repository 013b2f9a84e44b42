#include "graphs.hpp"

#include <lindi/node/paths.hpp>

#include <doctest/doctest.h>

namespace lindi::node {
namespace {

using test::graph_builder;

/// /b/x and /a/x are one group, reached by /a first in order of names, by /b first as stored.
struct two_ways {
    graph_builder builder;
    object_id a = builder.add_group();
    object_id b = builder.add_group();
    object_id x = builder.add_group();
    object_id lost = builder.add_group();

    two_ways()
    {
        builder.link(builder.g.root, "b", b);
        builder.link(builder.g.root, "a", a);
        builder.link(b, "x", x);
        builder.link(a, "x", x);
        builder.link(x, "up", builder.g.root);
        builder.soft_link(builder.g.root, "soft", "/a/x");
    }
    graph const& g() const { return builder.g; }
};

TEST_CASE("paths: the first way to an object in the order asked for; soft links do not count")
{
    two_ways const w;
    auto const by_name = first_paths(w.g(), walk_order::by_name);
    CHECK(by_name[w.g().root] == "/");
    CHECK(by_name[w.a] == "/a");
    CHECK(by_name[w.b] == "/b");
    CHECK(by_name[w.x] == "/a/x");
    CHECK(by_name[w.lost].empty());
    CHECK(first_paths(w.g(), walk_order::native)[w.x] == "/b/x");
}

TEST_CASE("paths: names are in order of their bytes, equal names as stored")
{
    graph_builder builder;
    for (auto const* const name : {"b", "\xc3\xa4", "B", "a", "a"})
        builder.link(builder.g.root, name, builder.g.root);
    auto const& group = builder.group(builder.g.root);
    CHECK(link_order(group, walk_order::by_name) == std::vector<std::size_t>{2, 3, 4, 0, 1});
    CHECK(link_order(group, walk_order::native) == std::vector<std::size_t>{0, 1, 2, 3, 4});
}

TEST_CASE("paths: a graph without a root has none")
{
    graph const none;
    CHECK(first_paths(none, walk_order::by_name).empty());
    CHECK(find_object(none, "/") == no_object);
    CHECK(all_problems(none).empty());
}

TEST_CASE("paths: find follows hard links, and slashes do not matter")
{
    two_ways const w;
    CHECK(find_object(w.g(), "/") == w.g().root);
    CHECK(find_object(w.g(), "") == w.g().root);
    CHECK(find_object(w.g(), "/a/x") == w.x);
    CHECK(find_object(w.g(), "a//x/") == w.x);
    CHECK(find_object(w.g(), "/a/./x/up/b") == w.b);
    CHECK(find_object(w.g(), "/a/y") == no_object);
    CHECK(find_object(w.g(), "/soft") == no_object);
    CHECK(find_object(w.g(), "/a/x/up/nowhere/x") == no_object);
}

TEST_CASE("paths: resolve follows soft links too, from where they stand")
{
    two_ways w;
    CHECK(resolve(w.g(), w.g().root, "soft/up/b") == w.b);
    w.builder.soft_link(w.a, "sibling", "x/up/b");
    CHECK(resolve(w.g(), w.a, "sibling") == w.b);
    CHECK(resolve(w.g(), w.b, "sibling") == no_object);
    CHECK(resolve(w.g(), w.b, "/a/sibling") == w.b);
}

TEST_CASE("paths: soft links that lead round and round end nowhere")
{
    two_ways w;
    w.builder.soft_link(w.a, "self", "self");
    w.builder.soft_link(w.a, "twice", "twice/twice");
    w.builder.soft_link(w.b, "there", "/a/back");
    w.builder.soft_link(w.a, "back", "/b/there");
    CHECK(resolve(w.g(), w.a, "self") == no_object);
    CHECK(resolve(w.g(), w.a, "twice") == no_object);
    CHECK(resolve(w.g(), w.a, "back") == no_object);
}

TEST_CASE("paths: a chain of 64 soft links is followed, one more is not")
{
    graph_builder builder;
    auto const end = builder.add_group();
    builder.link(builder.g.root, "l0", end);
    for (int i = 1; i <= 65; ++i)
        builder.soft_link(builder.g.root, "l" + std::to_string(i), "l" + std::to_string(i - 1));
    CHECK(resolve(builder.g, builder.g.root, "l64") == end);
    CHECK(resolve(builder.g, builder.g.root, "l65") == no_object);
}

TEST_CASE("paths: links of objects that were never entered lead nowhere")
{
    graph_builder builder;
    builder.link(builder.g.root, "x", no_object);
    CHECK(find_object(builder.g, "/x") == no_object);
    CHECK(find_object(builder.g, "/x/y") == no_object);
    CHECK(first_paths(builder.g, walk_order::by_name).size() == 1);
}

TEST_CASE("paths: problems are told with their object's path, in order of paths")
{
    two_ways w;
    w.builder.g.problems.emplace_back(errc::truncated, 0, "file");
    w.builder.g.objects[w.b].problems.emplace_back(errc::cycle, 16, "heap");
    w.builder.g.objects[w.x].problems.emplace_back(errc::cycle, 32, "tree");
    CHECK(
        all_problems(w.g()) ==
        std::vector<std::string>{
            "file at 0x0: ends too early",
            "/a/x: tree at 0x20: leads back to itself",
            "/b: heap at 0x10: leads back to itself",
        }
    );
}

TEST_CASE("paths: more problems than anybody reads are counted")
{
    graph_builder builder;
    auto parent = builder.g.root;
    for (int i = 0; i < 50; ++i) {
        auto const next = builder.add_group();
        builder.link(parent, std::string(1000, 'n'), next);
        parent = next;
    }
    for (int i = 0; i < 1000; ++i)
        builder.g.objects[parent].problems.emplace_back(errc::cycle, 16, "heap");
    auto const problems = all_problems(builder.g);
    CHECK(problems.size() < 400);
    CHECK(problems.back().ends_with(" further problems"));
}

}  // namespace
}  // namespace lindi::node
