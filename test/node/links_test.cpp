// Links of groups, whichever way the file keeps them: lib/node/links.cpp, symbol_table_links.cpp.
#include "file_builder.hpp"
#include "sample_file.hpp"
#include "walked_file.hpp"

#include <lindi/node/paths.hpp>

#include <doctest/doctest.h>

#include <map>

namespace lindi::node {
namespace {

using test::sample_file;
using test::walked_file;

link const& link_of(walked_file const& file, std::string_view group, std::string_view name)
{
    for (auto const& l : file.at(group).group->links)
        if (l.name == name)
            return l;
    throw std::runtime_error("no link " + std::string(name));
}

TEST_CASE("links: symbol tables have hard and soft links, by name")
{
    walked_file const file(sample_file("old"));
    auto const& many = *file.at("/many").group;
    CHECK(many.storage == link_storage::symbol_table);
    REQUIRE(many.links.size() == 20);
    CHECK(many.links.front().name == "g00");
    CHECK(many.links.back().name == "g19");

    // External links need the new storage: one of them, and the whole group is kept as messages.
    CHECK(file.at("/links").group->storage == link_storage::compact);
    auto const hard = std::get<hard_link>(link_of(file, "/links", "hard").target);
    CHECK(hard.object == find_object(file.graph(), "/many/g07"));
    auto const self = std::get<hard_link>(link_of(file, "/links", "self").target);
    CHECK(self.object == find_object(file.graph(), "/links"));
    CHECK(std::get<soft_link>(link_of(file, "/links", "soft").target).path == "/many/g03");
    CHECK(std::get<soft_link>(link_of(file, "/links", "dangling").target).path == "/nowhere");
    auto const external = std::get<external_link>(link_of(file, "/links", "external").target);
    CHECK(external.file == "other.h5");
    CHECK(external.path == "/x/y");
}

TEST_CASE("links: compact groups keep the order and kind of every link")
{
    walked_file const file(sample_file("latest"));
    auto const& group = *file.at("/compact").group;
    CHECK(group.storage == link_storage::compact);
    CHECK(group.tracks_link_order);
    CHECK(group.links.size() == 6);
    CHECK(group.max_creation_index == 6);
    CHECK(link_of(file, "/compact", "zeta").creation_order == 0);
    CHECK(link_of(file, "/compact", "alpha").creation_order == 1);
    CHECK(std::get<soft_link>(link_of(file, "/compact", "soft").target).path == "alpha");
    auto const user = std::get<user_link>(link_of(file, "/compact", "user").target);
    CHECK(user.type == 187);
    CHECK(as_text(user.data) == "any bytes");
    CHECK_FALSE(link_of(file, "/", "typed").creation_order.has_value());
}

TEST_CASE("links: dense groups, with a link too long for a block of the heap")
{
    walked_file const file(sample_file("latest"));
    auto const& group = *file.at("/dense").group;
    CHECK(group.storage == link_storage::dense);
    CHECK(group.tracks_link_order);
    REQUIRE(group.links.size() == 31);
    // make_files.py: member (7 i mod 30) is made as the i-th.
    CHECK(link_of(file, "/dense", "member07").creation_order == 1);
    CHECK(link_of(file, "/dense", "member00").creation_order == 0);
    auto const far = std::get<soft_link>(link_of(file, "/dense", "long").target);
    CHECK(far.path == "/compact/" + std::string(5000, 'y'));
}

TEST_CASE("links: hard links to one object lead to one object, the root itself included")
{
    walked_file const file(sample_file("latest"));
    CHECK(std::get<hard_link>(link_of(file, "/", "back").target).object == file.graph().root);
    CHECK(file.at("/back/back/typed").address == file.at("/typed").address);
}

/// A group whose symbol table has the names of `names`, all leading to an empty group.
std::uint64_t
place_old_group(test::file_builder& b, std::vector<std::string> const& names, std::uint64_t btree)
{
    auto const data = b.reserve(0);
    test::byte_writer segment;
    segment.zeros(8);
    for (auto const& name : names)
        segment.text(name).u8(0);
    b.put(data, segment.align(8).take());
    auto const heap = b.place(test::local_heap(data, b.size() - data));
    return b.place(test::old_header({test::symbol_table(btree, heap)}));
}

TEST_CASE("links: a symbol table node that comes up twice is read once, and told")
{
    test::file_builder b;
    auto const leaf = b.place(test::old_header({test::link_info()}));
    auto const node = b.place(test::symbol_node({{8, leaf}}));
    auto const tree = b.place(test::group_node(0, {node, node}));
    auto const root = place_old_group(b, {"a"}, tree);
    walked_file const file(b.finish(root));
    REQUIRE(file.opened().has_value());
    CHECK(file.at("/").group->links.size() == 1);
    REQUIRE(file.problems().size() == 1);
    CHECK(file.problems()[0].find("leads back to itself") != std::string::npos);
}

TEST_CASE("links: a group's B-tree that leads back to itself ends")
{
    test::file_builder b;
    auto const leaf = b.place(test::old_header({test::link_info()}));
    auto const node = b.place(test::symbol_node({{8, leaf}}));
    auto const tree = b.reserve(200);
    auto const left = b.place(test::group_node(1, {node}));
    b.put(tree, test::group_node(2, {left, tree}));
    auto const root = place_old_group(b, {"a"}, tree);
    walked_file const file(b.finish(root));
    REQUIRE(file.opened().has_value());
    CHECK(
        file.problems().size() == 2
    );  // the cycle, and a symbol table node where a B-tree node should be
}

TEST_CASE("links: nodes of one level that say they are of another are left out")
{
    test::file_builder b;
    auto const leaf = b.place(test::old_header({test::link_info()}));
    auto const node = b.place(test::symbol_node({{8, leaf}}));
    auto const good = b.place(test::group_node(0, {node}));
    auto const bad = b.place(test::group_node(1, {node}));
    auto const tree = b.place(test::group_node(1, {good, bad}));
    auto const root = place_old_group(b, {"a"}, tree);
    walked_file const file(b.finish(root));
    REQUIRE(file.opened().has_value());
    CHECK(file.at("/").group->links.size() == 1);
    REQUIRE(file.problems().size() == 1);
    CHECK(file.problems()[0].find("level does not step down") != std::string::npos);
}

TEST_CASE("links: a name outside of the heap costs its link only")
{
    test::file_builder b;
    auto const leaf = b.place(test::old_header({test::link_info()}));
    auto const node = b.place(test::symbol_node({{8, leaf}, {1000, leaf}, {0, leaf}}));
    auto const tree = b.place(test::group_node(0, {node}));
    auto const root = place_old_group(b, {"a"}, tree);
    walked_file const file(b.finish(root));
    REQUIRE(file.opened().has_value());
    CHECK(file.at("/").group->links.size() == 1);
    auto const problems = file.problems();
    REQUIRE(problems.size() == 2);
    CHECK(problems[1].find("empty name") != std::string::npos);
}

TEST_CASE("links: a damaged free list of the heap is told, the links stay")
{
    test::file_builder b;
    auto const leaf = b.place(test::old_header({test::link_info()}));
    auto const tree = b.place(test::group_node(0, {b.place(test::symbol_node({{8, leaf}}))}));
    auto const data = b.place(test::byte_writer().zeros(8).text("a").zeros(7).take());
    auto heap = test::local_heap(data, 16);
    heap[16] = std::byte{99};  // the first free block
    auto const root = b.place(test::old_header({test::symbol_table(tree, b.place(heap))}));
    walked_file const file(b.finish(root));
    REQUIRE(file.opened().has_value());
    CHECK(file.at("/").group->links.size() == 1);
    REQUIRE(file.problems().size() == 1);
    CHECK(file.problems()[0].find("free block outside of the segment") != std::string::npos);
}

/// An old group with one link.
std::uint64_t
place_group_of_one(test::file_builder& b, std::string const& name, std::uint64_t target)
{
    auto const node = b.place(test::symbol_node({{8, target}}));
    return place_old_group(b, {name}, b.place(test::group_node(0, {node})));
}

TEST_CASE("links: names as long as those of the HDF Group's tlonglinks.h5")
{
    std::string const name(65 * 1024, 'a');
    test::file_builder b;
    auto const leaf = b.place(test::old_header({test::link_info()}));
    auto const inner = place_group_of_one(b, name, leaf);
    walked_file const file(b.finish(place_group_of_one(b, name, inner)));
    REQUIRE(file.opened().has_value());
    CHECK(file.problems().empty());
    auto const paths = first_paths(file.graph(), walk_order::by_name);
    CHECK(paths.back() == "/" + name + "/" + name);
}

TEST_CASE("links: the limit on links ends a group, not the file")
{
    limits max;
    max.links = 12;
    walked_file const file(sample_file("latest"), max);
    REQUIRE(file.opened().has_value());
    std::size_t links = 0;
    for (auto const& o : file.graph().objects)
        links += o.group ? o.group->links.size() : 0;
    CHECK(links == 12);
    CHECK_FALSE(file.problems().empty());
    for (auto const& problem : file.problems())
        CHECK(problem.find("limit on links, 12") != std::string::npos);
}

TEST_CASE("links: objects over the limit are not entered, their links stay")
{
    limits max;
    max.objects = 3;
    walked_file const file(sample_file("latest"), max);
    REQUIRE(file.opened().has_value());
    CHECK(file.graph().objects.size() == 3);
    CHECK(file.at("/").group->links.size() == 8);
    CHECK(file.problems()[0].find("limit on objects, 3") != std::string::npos);
}

}  // namespace
}  // namespace lindi::node
