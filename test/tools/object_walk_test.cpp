#include "object_walk.hpp"

#include <doctest/doctest.h>

using namespace lindi;
using tools::path_entry;

namespace {

node::object_id add_group(node::graph& g)
{
    g.objects.emplace_back();
    g.objects.back().kind = node::object_kind::group;
    g.objects.back().group = std::make_unique<node::group>();
    return static_cast<node::object_id>(g.objects.size() - 1);
}

void add_link(node::graph& g, node::object_id from, std::string name, node::object_id to)
{
    node::link link;
    link.name = std::move(name);
    link.target = node::hard_link{to};
    g.objects[from].group->links.push_back(std::move(link));
}

std::vector<std::string> paths_of(tools::walked_paths const& walked)
{
    std::vector<std::string> out;
    for (auto const& entry : walked.entries)
        out.push_back(entry.path + (entry.first ? "" : " again"));
    return out;
}

}  // namespace

TEST_CASE("object walk: depth first, links in byte order, groups entered once")
{
    node::graph g;
    g.root = add_group(g);
    auto const a = add_group(g);
    auto const b = add_group(g);
    add_link(g, g.root, "b", b);
    add_link(g, g.root, "a", a);
    add_link(g, a, "up", g.root);
    add_link(g, a, "x", b);
    auto const walked = tools::walk_paths(g, g.root, "/", 1000);
    REQUIRE(walked.has_value());
    CHECK(
        paths_of(*walked) == std::vector<std::string>{"/", "/a", "/a/up again", "/a/x", "/b again"}
    );
    CHECK(walked->first_paths[b] == "/a/x");
}

TEST_CASE("object walk: other links are entries without an object")
{
    node::graph g;
    g.root = add_group(g);
    g.objects[g.root].group->links.push_back({"s", {}, {}, node::soft_link{"/x"}});
    auto const walked = tools::walk_paths(g, g.root, "/", 1000);
    REQUIRE(walked.has_value());
    CHECK(walked->entries[1].path == "/s");
    CHECK(walked->entries[1].object == node::no_object);
}

TEST_CASE("object walk: paths that grow with every level run into the limit")
{
    node::graph g;
    g.root = add_group(g);
    auto last = g.root;
    for (int i = 0; i < 1000; ++i) {
        auto const next = add_group(g);
        add_link(g, last, "a name of some length", next);
        last = next;
    }
    CHECK(tools::walk_paths(g, g.root, "/", 100'000'000).has_value());
    auto const walked = tools::walk_paths(g, g.root, "/", 1'000'000);
    REQUIRE(walked.has_error());
    CHECK(walked.error().code() == errc::too_large);
}
