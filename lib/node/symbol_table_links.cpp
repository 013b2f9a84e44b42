#include "symbol_table_links.hpp"

#include "local_heap_reader.hpp"
#include "problems.hpp"
#include "slices.hpp"

#include <lindi/hdf5/btree_v1.hpp>
#include <lindi/hdf5/local_heap.hpp>
#include <lindi/hdf5/symbol_table.hpp>

#include <unordered_set>

namespace lindi::node {
namespace {

constexpr char const* structure = "group B-tree";

/// The walk over the B-tree of one group.
struct tree_walk {
    file& f;
    link_listing& out;
    std::unordered_set<std::uint64_t> seen;  ///< offsets of nodes: each may come up only once
};

/// Reads nodes of `size` bytes, cut at the end of the file, and hands over those that can be read.
task<void> visit_nodes(
    tree_walk& walk,
    std::vector<std::uint64_t> addresses,
    std::uint64_t size,
    char const* what,
    std::function<void(block_view)> visit
)
{
    auto& f = walk.f;
    std::vector<io::byte_range> ranges;
    for (auto const address : addresses) {
        auto const offset = f.offset_of(address, structure);
        if (!offset)
            add_problem(f, walk.out.problems, offset.error());
        else if (!walk.seen.insert(*offset).second)
            add_problem(f, walk.out.problems, error(errc::cycle, *offset, structure));
        else
            ranges.push_back({*offset, std::min(size, f.reader().end_of(*offset) - *offset)});
    }
    std::function<void(std::size_t, result<block> const&)> take = [&](std::size_t,
                                                                      result<block> const& answer) {
        if (answer)
            visit(answer->view);
        else
            add_problem(f, walk.out.problems, answer.error());
    };
    co_await read_each_in_slices(f.reader(), std::move(ranges), what, std::move(take));
}

/// A level of the B-tree: where its nodes are, and how high it is. The root tells the height.
struct tree_level {
    std::vector<std::uint64_t> nodes;
    std::optional<unsigned> height;
};

void take_node(
    tree_walk& walk, block_view b, tree_level& level, std::vector<std::uint64_t>& children
)
{
    auto const node = hdf5::decode_group_node(b, walk.f.sizes());
    if (!node) {
        add_problem(walk.f, walk.out.problems, node.error());
        return;
    }
    if (level.height && node->level != *level.height) {
        error const wrong(errc::bad_value, b.at, structure, "level does not step down");
        add_problem(walk.f, walk.out.problems, wrong);
        return;
    }
    level.height = node->level;
    children.insert(children.end(), node->children.begin(), node->children.end());
}

/// Addresses of the symbol table nodes under a B-tree, in order.
task<std::vector<std::uint64_t>> list_symbol_nodes(tree_walk& walk, std::uint64_t root)
{
    auto const size =
        hdf5::group_node_size(walk.f.sizes(), walk.f.contents.file.k.group_internal_k);
    tree_level level{{root}, {}};
    for (;;) {
        std::vector<std::uint64_t> children;
        std::function<void(block_view)> visit = [&](block_view b) {
            take_node(walk, b, level, children);
        };
        co_await visit_nodes(walk, std::move(level.nodes), size, structure, std::move(visit));
        if (!level.height || *level.height == 0 || children.empty())
            co_return level.height == 0u ? children : std::vector<std::uint64_t>();
        level.nodes = std::move(children);
        --*level.height;
    }
}

/// Entries of a group's symbol table.
struct entry_list {
    std::vector<hdf5::symbol_entry> entries;
    memory_lease held;
};

task<entry_list> list_entries(file& f, std::uint64_t root, link_listing& out)
{
    entry_list found{{}, memory_lease(f.budget())};
    tree_walk walk{f, out, {}};
    auto leaves = co_await list_symbol_nodes(walk, root);
    auto const size = hdf5::symbol_node_size(f.sizes(), f.contents.file.k.group_leaf_k);
    std::function<void(block_view)> visit = [&](block_view b) {
        auto const node = hdf5::decode_symbol_node(b, f.sizes());
        auto const taken =
            found.held.take(node ? node->size() * sizeof(hdf5::symbol_entry) : 0, b.at);
        if (!node)
            add_problem(f, out.problems, node.error());
        else if (!taken)
            add_problem(f, out.problems, taken.error());
        else
            found.entries.insert(found.entries.end(), node->begin(), node->end());
    };
    co_await visit_nodes(walk, std::move(leaves), size, "symbol table node", std::move(visit));
    co_return found;
}

/// A name or path of the local heap. Many entries may lead to one long text, so looking at it is
/// counted.
result<std::string_view> text_at(file& f, block_view names, std::uint64_t offset)
{
    constexpr std::uint64_t max_text = 1024 * 1024;
    bool const is_cut = offset < names.size() && names.size() - offset > max_text;
    auto const seen = is_cut ? names.sub(0, static_cast<std::size_t>(offset + max_text)) : names;
    auto const text = hdf5::local_heap_text(seen, offset);
    auto const spent = f.budget().spend_bytes(text ? text->size() : max_text, names.at);
    if (!spent)
        return spent.error();
    if (!text && is_cut)
        return error(
            errc::too_large, names.at + offset, "local heap data segment", "text of over 1 MiB"
        );
    return text;
}

result<stored_link> link_of(file& f, hdf5::symbol_entry const& entry, block_view names)
{
    auto const name = text_at(f, names, entry.name_offset);
    if (!name)
        return name.error();
    if (name->empty())
        return error(
            errc::bad_value, names.at + entry.name_offset, "symbol table entry", "empty name"
        );
    stored_link out;
    out.name = *name;
    if (entry.cache_type != 2) {
        out.header = entry.header;
        return out;
    }
    auto const target = text_at(f, names, entry.soft_link_offset);
    if (!target)
        return target.error();
    out.type = static_cast<std::uint8_t>(hdf5::link_type::soft);
    out.target = *target;
    return out;
}

}  // namespace

void expect_symbol_table(file& f, hdf5::symbol_table table)
{
    auto const expect = [&f](std::uint64_t address, std::uint64_t size) {
        if (address == hdf5::undefined_address)
            return;
        if (auto const offset = f.offset_of(address, structure))
            f.reader().expect({*offset, std::min(size, f.reader().end_of(*offset) - *offset)});
    };
    expect(table.btree, hdf5::group_node_size(f.sizes(), f.contents.file.k.group_internal_k));
    expect(table.heap, hdf5::local_heap_size(f.sizes()));
}

task<void> list_symbol_table(file& f, hdf5::symbol_table table, link_listing& out)
{
    auto read_names = read_local_heap(f, table.heap);
    auto list = list_entries(f, table.btree, out);
    auto const [names, found] = co_await when_both(std::move(read_names), std::move(list));
    if (!names) {
        add_problem(f, out.problems, names.error());
        co_return;
    }
    if (!names->free_list)
        add_problem(f, out.problems, names->free_list.error());
    for (auto const& entry : found.entries) {
        auto const before = out.links.size();
        if (!add_link(f, out, link_of(f, entry, names->data.view)))
            break;
        if (entry.cache_type != 1 || out.links.size() == before)
            continue;
        out.likely_tables.resize(out.links.size());
        out.likely_tables.back() = entry.cached_group;
    }
}

}  // namespace lindi::node
