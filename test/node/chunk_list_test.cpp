#include "file_builder.hpp"
#include "sample_file.hpp"
#include "walked_file.hpp"

#include <lindi/node/chunk_list.hpp>

#include <doctest/doctest.h>

#include <map>

namespace lindi::node {
namespace {

using test::fact;
using test::facts_of;
using test::sample_file;
using test::walked_file;

struct chunk_fact {
    std::uint64_t offset, size, mask;
    bool operator==(chunk_fact const&) const = default;
};
using chunk_facts = std::map<std::uint64_t, chunk_fact>;

chunk_facts facts_about(std::string const& name, std::string const& path)
{
    chunk_facts out;
    for (auto const& f : facts_of(name, "chunk"))
        if (f.path == path)
            out[f.number(0)] = {f.number(1), f.number(2), f.number(3)};
    return out;
}

chunk_facts facts_in(chunk_table const& table)
{
    chunk_facts out;
    table.for_each([&](std::uint64_t number, stored_chunk const& chunk) {
        out[number] = {chunk.offset, chunk.size, chunk.filter_mask};
    });
    return out;
}

TEST_CASE("chunk list: every kind of index gives the chunks that libhdf5 finds")
{
    for (auto const* const name : {"old", "narrow", "indexes", "shared", "hdf5_2"}) {
        walked_file const file(sample_file(name));
        for (auto const& grid : facts_of(name, "grid")) {
            CAPTURE(name);
            CAPTURE(grid.path);
            auto const& data = file.data(grid.path);
            REQUIRE(data.chunks.has_value());
            auto const& table = *data.chunks;
            REQUIRE(table.grid().size() == grid.values.size());
            for (std::size_t i = 0; i < grid.values.size(); ++i)
                CHECK(table.grid()[i] == grid.number(i));
            auto const expected = facts_about(name, grid.path);
            CHECK(facts_in(table) == expected);
            CHECK(table.count() == expected.size());
            CHECK(table.outside().empty());
        }
    }
}

TEST_CASE("chunk list: the indexes are of the kinds their names say")
{
    walked_file const file(sample_file("indexes"));
    using kind = hdf5::chunk_index_type;
    for (auto const& [path, expected] : std::map<std::string, kind>{
             {"/single", kind::single},
             {"/single_deflate", kind::single},
             {"/implicit", kind::implicit},
             {"/implicit_may_grow", kind::implicit},
             {"/fixed", kind::fixed_array},
             {"/fixed_paged", kind::fixed_array},
             {"/extensible", kind::extensible_array},
             {"/extensible_large", kind::extensible_array},
             {"/btree2", kind::btree_v2}}) {
        CAPTURE(path);
        CHECK(file.data(path).chunking.index == expected);
    }
    CHECK(walked_file(sample_file("old")).data("/chunked").chunking.index == kind::btree_v1);
}

TEST_CASE("chunk list: only the box asked for may be listed, and its chunks all are")
{
    walked_file file(sample_file("old"));
    auto const& data = file.data("/rank3");
    for (std::uint64_t first = 0; first < 2; ++first) {
        chunk_box box{{first, 0, 1}, {first, 1, 1}};
        auto const listed = file.run(list_chunks(file.file(), data, box));
        REQUIRE(listed.has_value());
        for (std::uint64_t j = 0; j < 2; ++j)
            CHECK(listed->find((first * 2 + j) * 3 + 1).has_value());
    }
}

TEST_CASE("chunk list: parts listed again and again cost no memory for good")
{
    limits max;
    max.memory = 100'000;
    read_options options;
    options.load_chunks = [](dataset const&) { return false; };
    walked_file file(sample_file("old"), max, options);
    auto const& data = file.data("/rank3");
    for (int i = 0; i < 2000; ++i) {
        chunk_box box{{0, 0, 0}, {1, 1, 2}};
        auto const listed = file.run(list_chunks(file.file(), data, box));
        REQUIRE(listed.has_value());
        REQUIRE(listed->count() == 12);
    }
}

/// One dataset of one-byte elements, chunks of `chunk` in a B-tree.
struct tree_file {
    test::file_builder b;
    std::uint64_t tree = b.reserve(2000);

    walked_file
    finish(std::vector<std::uint64_t> const& extents, std::vector<std::uint32_t> const& chunk)
    {
        auto const data = b.place(test::header(
            {test::dataspace(extents),
             test::datatype(test::integer_body(1)),
             test::chunked_layout(tree, chunk, 1)}
        ));
        auto const root = b.place(test::header({test::link_info(), test::hard_link("d", data)}));
        return walked_file(b.finish(root));
    }
};

std::string only_problem(walked_file const& file)
{
    REQUIRE(file.opened().has_value());
    REQUIRE(file.problems().size() == 1);
    CHECK_FALSE(file.data("/d").chunks.has_value());
    return file.problems()[0];
}

TEST_CASE("chunk B-tree: levels step down to chunks")
{
    tree_file f;
    auto const raw = f.b.reserve(8);
    auto const leaf = f.b.place(test::chunk_node(0, {{{0}, raw, 4}, {{4}, raw + 4, 4}}));
    auto const inner = f.b.place(test::chunk_node(1, {{{0}, leaf, 4}}));
    f.b.put(f.tree, test::chunk_node(2, {{{0}, inner, 4}}));
    auto const file = f.finish({8}, {4});
    CHECK(file.problems().empty());
    CHECK(facts_in(*file.data("/d").chunks) == chunk_facts{{0, {raw, 4, 0}}, {1, {raw + 4, 4, 0}}});
}

TEST_CASE("chunk B-tree: a node that leads back to itself is a cycle")
{
    tree_file f;
    f.b.put(f.tree, test::chunk_node(1, {{{0}, f.tree, 4}}));
    CHECK(only_problem(f.finish({8}, {4})).ends_with("chunk B-tree at 0x30: leads back to itself"));
}

TEST_CASE("chunk B-tree: a level that does not step down is refused")
{
    tree_file f;
    auto const inner = f.b.place(test::chunk_node(2, {{{0}, f.tree, 4}}));
    f.b.put(f.tree, test::chunk_node(2, {{{0}, inner, 4}}));
    CHECK(only_problem(f.finish({8}, {4})).ends_with("(level does not step down)"));
}

TEST_CASE("chunk B-tree: a chunk that comes up twice is refused, in dense and in sparse tables")
{
    for (std::uint64_t const extent : {8U, 1'000'000U}) {
        CAPTURE(extent);
        tree_file f;
        auto const raw = f.b.reserve(8);
        f.b.put(f.tree, test::chunk_node(0, {{{4}, raw, 4}, {{4}, raw + 4, 4}}));
        CHECK(only_problem(f.finish({extent}, {4})).ends_with("(a chunk comes up twice)"));
    }
}

TEST_CASE(
    "chunk B-tree: chunks off the grid, of another size or past the end of the file are refused"
)
{
    auto const problem_of = [](test::stored_at chunk) {
        tree_file f;
        f.b.put(f.tree, test::chunk_node(0, {std::move(chunk)}));
        return only_problem(f.finish({8}, {4}));
    };
    CHECK(problem_of({{2}, 100, 4}).ends_with("(a chunk does not start on the grid)"));
    CHECK(problem_of({{4}, 100, 5}).ends_with("(an unfiltered chunk of another size)"));
    CHECK(problem_of({{4}, 1'000'000, 4})
              .ends_with("ends too early (it runs past the end of the file)"));
    CHECK(problem_of({{4}, ~std::uint64_t{3}, 4}).find("ends too early") != std::string::npos);
}

TEST_CASE("chunk B-tree: chunks outside of the dataset are kept apart")
{
    tree_file f;
    auto const raw = f.b.reserve(8);
    f.b.put(f.tree, test::chunk_node(0, {{{0}, raw, 4}, {{400}, raw + 4, 4}}));
    auto const file = f.finish({8}, {4});
    CHECK(file.problems().empty());
    auto const& table = *file.data("/d").chunks;
    CHECK(table.count() == 1);
    REQUIRE(table.outside().size() == 1);
    CHECK(table.outside()[0].position == std::vector<std::uint64_t>{100});
    CHECK(table.outside()[0].chunk.offset == raw + 4);
}

TEST_CASE("chunk list: a chunk that does not fit 64 bits is refused")
{
    constexpr std::uint64_t large = std::uint64_t{1} << 40;
    tree_file f;
    f.b.put(f.tree, test::chunk_node(0, {}));
    // As many elements as fit, and a chunk of 2^96 of them.
    auto const problem = only_problem(f.finish({large, 8, 8}, {~0u, ~0u, ~0u}));
    CHECK(problem.ends_with("invalid value (size of a chunk)"));
}

TEST_CASE("chunk list: the limit on chunks is one dataset's")
{
    limits max;
    max.chunks = 11;
    walked_file const file(sample_file("old"), max);
    CHECK_FALSE(file.data("/chunked").chunks.has_value());
    CHECK(file.data("/sparse").chunks->count() == 4);
    CHECK(file.problems()[0].find("limit on chunks") != std::string::npos);
}

}  // namespace
}  // namespace lindi::node
