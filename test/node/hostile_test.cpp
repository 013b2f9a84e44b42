// Files in which everything leads to everything: what one may cost is bounded, whatever stands in
// it.
#include "chopped_source.hpp"
#include "file_builder.hpp"
#include "walked_file.hpp"

#include <lindi/node/value.hpp>

#include <doctest/doctest.h>

namespace lindi::node {
namespace {

using test::file_builder;
using test::walked_file;

/// What limits::walk_factor allows. Work that costs no bytes shows as the test's own time-out.
void check_bounded(walked_file const& file, std::size_t file_size)
{
    constexpr std::uint64_t free = 64 << 20;
    CHECK(file.stats().bytes_used <= free + 64 * file_size);
}

limits small_memory()
{
    limits out;
    out.memory = 64 << 20;
    return out;
}

bool says(std::vector<std::string> const& problems, std::string_view words)
{
    return std::any_of(problems.begin(), problems.end(), [&](std::string const& p) {
        return p.find(words) != std::string::npos;
    });
}

TEST_CASE("hostile: groups nested 100,000 deep")
{
    file_builder b;
    auto inner = b.place(test::header({test::link_info()}));
    for (int i = 0; i < 100'000; ++i)
        inner = b.place(test::header({test::link_info(), test::hard_link("d", inner)}));
    auto const content = b.finish(inner);
    walked_file const file(content);
    REQUIRE(file.opened().has_value());
    CHECK(file.graph().objects.size() == 100'001);
    // Paths of more than 512 MiB together are not made, and no path is made twice.
    auto const paths = first_paths(file.graph(), walk_order::by_name);
    CHECK(std::count(paths.begin(), paths.end(), "") > 0);
    check_bounded(file, content.size());
}

TEST_CASE("hostile: a chain of groups as deep as a source that is late in answering allows")
{
    file_builder b;
    auto inner = b.place(test::header({test::link_info()}));
    for (int i = 0; i < 2000; ++i)
        inner = b.place(test::header({test::link_info(), test::hard_link("d", inner)}));
    auto const content = b.finish(inner);
    test::chopped_source source(content, 1);
    walked_file const file(source);
    CHECK(file.graph().objects.size() == 2001);
    CHECK(file.problems().empty());
}

TEST_CASE("hostile: hard links with 2^60 paths, and cycles through the root")
{
    file_builder b;
    auto const root = b.reserve(100);
    auto next = root;
    for (int i = 0; i < 60; ++i)
        next = b.place(test::header(
            {test::link_info(), test::hard_link("a", next), test::hard_link("b", next)}
        ));
    b.put(
        root,
        test::header(
            {test::link_info(), test::hard_link("down", next), test::hard_link("self", root)}
        )
    );
    auto const content = b.finish(root);
    walked_file const file(content);
    CHECK(file.graph().objects.size() == 61);
    CHECK(first_paths(file.graph(), walk_order::by_name)[file.graph().find(next)] == "/down");
    check_bounded(file, content.size());
}

TEST_CASE("hostile: headers that continue in themselves and in each other")
{
    file_builder b;
    auto const first = b.reserve(400);
    auto const second = b.reserve(400);
    auto const to_first = test::old_messages({test::continuation(first, 24)});
    auto const to_second = test::old_messages({test::continuation(second, to_first.size())});
    b.put(first, test::old_header({test::continuation(second, to_first.size())}));
    b.put(second, to_second);
    walked_file const self(b.finish(first));
    REQUIRE(self.opened().has_error());
    CHECK(self.opened().error().code() == errc::cycle);
    CHECK(self.opened().error().structure() == "object header continuation");
}

TEST_CASE("hostile: continuations that overlap, each as long as the rest of the file")
{
    file_builder b;
    // Message headers of no bytes each, which are continuations as well: every 24 bytes lead to all
    // behind.
    constexpr std::size_t count = 40'000;
    auto const root = b.reserve(0);
    std::vector<test::message> blocks;
    auto const start = root + 16;
    for (std::size_t i = 1; i <= count; ++i)
        blocks.push_back(test::continuation(start + 24 * i, 24 * (count - i)));
    b.put(root, test::old_header({}));
    b.put(start, test::old_messages(blocks));
    auto content = b.finish(root);
    content[root + 8] = std::byte{24};  // one message in the first block
    walked_file const file(content, small_memory());
    CHECK(file.opened().has_error());
    check_bounded(file, content.size());
}

/// Places nodes over these children, as many levels as it takes. \return the root's address
std::uint64_t place_group_tree(file_builder& b, std::vector<std::uint64_t> children)
{
    constexpr std::size_t per_node = 32;
    for (unsigned level = 0;; ++level) {
        std::vector<std::uint64_t> nodes;
        for (std::size_t i = 0; i < children.size(); i += per_node) {
            auto const begin = children.begin() + static_cast<std::ptrdiff_t>(i);
            auto const count = static_cast<std::ptrdiff_t>(std::min(per_node, children.size() - i));
            nodes.push_back(b.place(test::group_node(level, {begin, begin + count})));
        }
        if (nodes.size() == 1)
            return nodes[0];
        children = std::move(nodes);
    }
}

/// Groups that share B-tree and heap, so that each has links to all.
bytes many_groups_with_one_table(std::size_t groups, std::size_t links, std::string_view text)
{
    file_builder b;
    auto const data = b.reserve(0);
    b.put(data, test::byte_writer().zeros(8).text(text).zeros(8).take());
    auto const heap = b.place(test::local_heap(data, b.size() - data));
    constexpr std::size_t header_size = 40;
    auto const headers = b.reserve(header_size * groups);
    std::vector<std::uint64_t> nodes;
    for (std::size_t i = 0; i < links; i += 8) {
        std::vector<test::symbol> symbols;
        for (std::size_t j = i; j < i + 8; ++j)
            symbols.push_back({8 + j % 8, headers + header_size * (j % groups)});
        nodes.push_back(b.place(test::symbol_node(symbols)));
    }
    auto const tree = place_group_tree(b, std::move(nodes));
    for (std::size_t i = 0; i < groups; ++i)
        b.put(headers + header_size * i, test::old_header({test::symbol_table(tree, heap)}));
    return b.finish(headers);
}

TEST_CASE("hostile: thousands of groups that share thousands of links")
{
    auto const content = many_groups_with_one_table(5000, 5000, "name");
    walked_file const file(content, small_memory());
    REQUIRE(file.opened().has_value());
    CHECK(says(file.problems(), "limit on"));
    check_bounded(file, content.size());
}

TEST_CASE("hostile: thousands of links that share one long name")
{
    auto const content = many_groups_with_one_table(5, 5000, std::string(60'000, 'n'));
    walked_file const file(content, small_memory());
    REQUIRE(file.opened().has_value());
    CHECK(says(file.problems(), "limit on"));
    CHECK(file.problems().size() < 1000);
    check_bounded(file, content.size());
}

TEST_CASE("hostile: a name without an end, looked for by thousands of links")
{
    auto const content = many_groups_with_one_table(2000, 2000, std::string(1'500'000, 'n'));
    walked_file const file(content, small_memory());
    REQUIRE(file.opened().has_value());
    CHECK(says(file.problems(), "text of over 1 MiB"));
    check_bounded(file, content.size());
}

/// Attributes of a type with `depth` sequences in each other; all objects of the heap lead to all
/// others.
bytes sequence_bomb(int attributes, int depth, std::uint32_t fan)
{
    file_builder b;
    auto const heap = b.reserve(64 + 16 * fan);
    test::byte_writer object;
    for (std::uint32_t i = 0; i < fan; ++i)
        object.append(test::sequence_element(fan, heap, 1));
    b.put(heap, test::global_heap({object.take()}));
    auto type = test::integer_body(1);
    for (int i = 0; i < depth; ++i)
        type = test::sequence_body(type);
    std::vector<test::message> messages{test::link_info()};
    for (int i = 0; i < attributes; ++i)
        messages.push_back(test::attribute_message(
            "a" + std::to_string(i),
            type,
            test::dataspace_body({}),
            test::sequence_element(fan, heap, 1)
        ));
    auto const root = b.place(test::header(messages));
    return b.finish(root);
}

TEST_CASE("hostile: sequences in sequences whose objects hold themselves")
{
    auto const content = sequence_bomb(200, 10, 200);  // 200^10 numbers an attribute
    walked_file const file(content, small_memory());
    REQUIRE(file.opened().has_value());
    CHECK(says(file.problems(), "limit on"));
    CHECK(file.at("/").attributes.empty());  // refused before they are decoded
    check_bounded(file, content.size());
}

TEST_CASE("hostile: an element of sequences that is just too large is refused when it is decoded")
{
    auto const content = sequence_bomb(1, 3, 300);  // 300^3 numbers
    walked_file const file(content);
    REQUIRE(file.opened().has_value());
    REQUIRE(file.at("/").attributes.size() == 1);
    auto const& a = file.at("/").attributes.front();
    auto const decoded = decode_value(*a.type, a.value, file.graph());
    REQUIRE(decoded.has_error());
    CHECK(decoded.error().code() == errc::too_large);
    check_bounded(file, content.size());
}

TEST_CASE("hostile: thousands of datasets over one chunk index")
{
    file_builder b;
    constexpr std::size_t chunks = 20'000, datasets = 5000;
    auto const raw = b.reserve(chunks);
    std::vector<test::stored_at> stored;
    for (std::size_t i = 0; i < chunks; ++i)
        stored.push_back({{i}, raw + i, 1});
    std::vector<test::stored_at> leaves;
    constexpr std::size_t per_node = 64;
    for (std::size_t i = 0; i < chunks; i += per_node) {
        auto const begin = stored.begin() + static_cast<std::ptrdiff_t>(i);
        auto const count = static_cast<std::ptrdiff_t>(std::min(per_node, chunks - i));
        leaves.push_back({{i}, b.place(test::chunk_node(0, {begin, begin + count})), 1});
    }
    // 20,000 leaves are more than a root may point to, but not more than two levels.
    std::vector<test::stored_at> inner;
    for (std::size_t i = 0; i < leaves.size(); i += per_node) {
        auto const begin = leaves.begin() + static_cast<std::ptrdiff_t>(i);
        auto const count = static_cast<std::ptrdiff_t>(std::min(per_node, leaves.size() - i));
        inner.push_back({leaves[i].origin, b.place(test::chunk_node(1, {begin, begin + count})), 1}
        );
    }
    auto const tree = b.place(test::chunk_node(2, inner));
    std::vector<test::message> links{test::link_info()};
    for (std::size_t i = 0; i < datasets; ++i) {
        auto const data = b.place(test::header(
            {test::dataspace({chunks * 1000}),
             test::datatype(test::integer_body(1)),
             test::chunked_layout(tree, {1}, 1)}
        ));
        links.push_back(test::hard_link("d" + std::to_string(i), data));
    }
    auto const root = b.place(test::header(links));
    auto const content = b.finish(root);
    walked_file const file(content, small_memory());
    REQUIRE(file.opened().has_value());
    CHECK(says(file.problems(), "limit on"));
    check_bounded(file, content.size());
}

TEST_CASE("hostile: a header that says it is as long as the file, thousands of times")
{
    file_builder b;
    constexpr std::size_t objects = 20'000;
    auto const first = b.reserve(16 * objects);
    std::vector<test::message> links{test::link_info()};
    for (std::size_t i = 0; i < objects; ++i) {
        auto const rest = 16 * (objects - i - 1);
        b.put(
            first + 16 * i,
            test::byte_writer().u8(1).u8(0).u16(1).u32(1).u32(rest / 8 * 8).zeros(4).take()
        );
        links.push_back(test::hard_link("h" + std::to_string(i), first + 16 * i));
    }
    auto const root = b.place(test::header(links));
    auto const content = b.finish(root);
    walked_file const file(content, small_memory());
    REQUIRE(file.opened().has_value());
    CHECK(says(file.problems(), "limit on"));
    check_bounded(file, content.size());
}

TEST_CASE("hostile: problems of one object are bounded and end with a word")
{
    file_builder b;
    std::vector<test::message> messages{test::link_info()};
    for (int i = 0; i < 5000; ++i)
        messages.push_back({hdf5::message_type::link, bytes(1, std::byte{9})});
    auto const root = b.place(test::header(messages));
    walked_file const file(b.finish(root));
    REQUIRE(file.opened().has_value());
    auto const problems = file.problems();
    CHECK(problems.size() == 101);
    CHECK(problems.back() == "/: problems: over the limit (further ones are not listed)");
}

TEST_CASE("hostile: time that runs out ends the walk, also where nothing is waited for")
{
    file_builder b;
    auto inner = b.place(test::header({test::link_info()}));
    for (int i = 0; i < 1000; ++i)
        inner = b.place(test::header({test::link_info(), test::hard_link("d", inner)}));
    limits max;
    max.time = std::chrono::milliseconds(-1);
    walked_file const file(b.finish(inner), max);
    REQUIRE(file.opened().has_error());
    CHECK(file.opened().error().detail().starts_with("limit on time"));
}

}  // namespace
}  // namespace lindi::node
