#include "symbol_table_links.hpp"

#include "local_heap_reader.hpp"

#include <lindi/hdf5/btree_v1.hpp>
#include <lindi/hdf5/local_heap.hpp>
#include <lindi/hdf5/symbol_table.hpp>

#include <unordered_set>

namespace lindi::node {
namespace {

constexpr char const* structure = "group B-tree";

struct node_blocks {
    std::vector<block> blocks;
    std::vector<error> problems;
};

/// Reads nodes of `size` bytes, cut at the end of the file. An address may come up only once in a
/// tree.
task<node_blocks> read_nodes(
    file& f,
    std::vector<std::uint64_t> addresses,
    std::uint64_t size,
    std::unordered_set<std::uint64_t>& seen
)
{
    node_blocks out;
    std::vector<io::byte_range> ranges;
    for (auto const address : addresses) {
        auto const offset = f.offset_of(address, structure);
        if (!offset)
            out.problems.push_back(offset.error());
        else if (!seen.insert(*offset).second)
            out.problems.emplace_back(errc::cycle, *offset, structure);
        else
            ranges.push_back({*offset, std::min(size, f.reader().size() - *offset)});
    }
    auto const got = co_await f.reader().read_each(std::move(ranges));
    for (auto const& answer : got) {
        if (answer)
            out.blocks.push_back(*answer);
        else
            out.problems.push_back(answer.error());
    }
    co_return out;
}

void append_problems(link_listing& out, std::vector<error> problems)
{
    out.problems.insert(out.problems.end(), problems.begin(), problems.end());
}

/// Addresses of the symbol table nodes under a B-tree, in order.
task<std::vector<std::uint64_t>> list_symbol_nodes(
    file& f, std::uint64_t root, std::unordered_set<std::uint64_t>& seen, link_listing& out
)
{
    auto const size = hdf5::group_node_size(f.sizes(), f.contents.file.k.group_internal_k);
    std::vector<std::uint64_t> level(1, root);
    std::vector<std::uint64_t> leaves;
    for (std::optional<unsigned> height; !level.empty();) {
        auto got = co_await read_nodes(f, std::move(level), size, seen);
        append_problems(out, std::move(got.problems));
        level.clear();
        for (auto const& b : got.blocks) {
            auto const node = hdf5::decode_group_node(b.view, f.sizes());
            if (!node) {
                out.problems.push_back(node.error());
                continue;
            }
            if (height && node->level != *height) {
                out.problems.emplace_back(
                    errc::bad_value, b.view.at, structure, "level does not step down"
                );
                continue;
            }
            if (!height)
                height = node->level;
            auto& next = node->level == 0 ? leaves : level;
            next.insert(next.end(), node->children.begin(), node->children.end());
        }
        if (!height || *height == 0)
            break;
        --*height;
    }
    co_return leaves;
}

task<std::vector<hdf5::symbol_entry>> list_entries(file& f, std::uint64_t root, link_listing& out)
{
    std::vector<hdf5::symbol_entry> entries;
    std::unordered_set<std::uint64_t> seen;
    auto leaves = co_await list_symbol_nodes(f, root, seen, out);
    auto const size = hdf5::symbol_node_size(f.sizes(), f.contents.file.k.group_leaf_k);
    auto got = co_await read_nodes(f, std::move(leaves), size, seen);
    append_problems(out, std::move(got.problems));
    for (auto const& b : got.blocks) {
        auto const node = hdf5::decode_symbol_node(b.view, f.sizes());
        if (!node)
            out.problems.push_back(node.error());
        else
            entries.insert(entries.end(), node->begin(), node->end());
    }
    co_return entries;
}

result<stored_link> link_of(hdf5::symbol_entry const& entry, block_view names)
{
    auto const name = hdf5::local_heap_text(names, entry.name_offset);
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
    auto const target = hdf5::local_heap_text(names, entry.soft_link_offset);
    if (!target)
        return target.error();
    out.type = static_cast<std::uint8_t>(hdf5::link_type::soft);
    out.target = *target;
    return out;
}

}  // namespace

task<void> list_symbol_table(file& f, hdf5::symbol_table table, link_listing& out)
{
    // The heap is asked for while the B-tree is walked: `names` finishes on its own.
    std::optional<result<block>> names;
    std::vector<hdf5::symbol_entry> entries;
    auto read_names = [](file& from, std::uint64_t heap, std::optional<result<block>>& to
                      ) -> task<void> { to = co_await read_local_heap(from, heap); };
    auto read_entries = [](file& from,
                           std::uint64_t root,
                           link_listing& listing,
                           std::vector<hdf5::symbol_entry>& to) -> task<void> {
        to = co_await list_entries(from, root, listing);
    };
    std::vector<task<void>> both;
    both.push_back(read_names(f, table.heap, names));
    both.push_back(read_entries(f, table.btree, out, entries));
    co_await when_all(std::move(both));

    if (!*names) {
        out.problems.push_back(names->error());
        co_return;
    }
    for (auto const& entry : entries) {
        auto link = link_of(entry, (*names)->view);
        if (link)
            out.links.push_back(std::move(*link));
        else
            out.problems.push_back(link.error());
    }
}

}  // namespace lindi::node
