#include "btree_v2_reader.hpp"

#include "slices.hpp"

#include <unordered_set>

namespace lindi::node {
namespace {

constexpr char const* structure = "version 2 B-tree";

result<std::vector<io::byte_range>> ranges_of(
    file const& f,
    std::vector<hdf5::btree_v2_child> const& nodes,
    std::uint32_t node_size,
    std::unordered_set<std::uint64_t>& seen
)
{
    std::vector<io::byte_range> out;
    out.reserve(nodes.size());
    for (auto const& node : nodes) {
        auto const offset = f.offset_of(node.address, structure);
        if (!offset)
            return offset.error();
        if (!seen.insert(*offset).second)
            return error(errc::cycle, *offset, structure);
        out.push_back({*offset, node_size});
    }
    return out;
}

}  // namespace

task<result<void>> visit_btree_v2(
    file& f,
    std::uint64_t address,
    std::function<result<void>(hdf5::btree_v2 const&, block_view)> visit
)
{
    auto const sizes = f.sizes();
    auto const start = co_await f.read(address, hdf5::btree_v2_header_size(sizes), structure);
    if (!start)
        co_return start.error();
    auto const tree = hdf5::decode_btree_v2(start->view, sizes);
    if (!tree)
        co_return tree.error();
    if (tree->depth > f.limits().tree_levels)
        co_return error(errc::too_large, start->view.at, structure, "limit on tree levels");

    std::uint64_t records = 0;
    std::unordered_set<std::uint64_t> seen;
    std::vector<hdf5::btree_v2_child> level;
    if (tree->root != hdf5::undefined_address)
        level.push_back({tree->root, tree->root_records});
    for (unsigned height = tree->depth; !level.empty(); --height) {
        auto ranges = ranges_of(f, level, tree->node_size, seen);
        if (!ranges)
            co_return ranges.error();
        std::vector<hdf5::btree_v2_child> below;
        auto visit_node = [&](std::size_t i, block const& b) -> result<void> {
            auto node = hdf5::decode_btree_v2_node(b.view, *tree, height, level[i].records, sizes);
            if (!node)
                return node.error();
            records += node->records.size();
            below.insert(below.end(), node->children.begin(), node->children.end());
            for (auto const record : node->records)
                if (auto const visited = visit(*tree, record); !visited)
                    return visited.error();
            return {};
        };
        std::function<result<void>(std::size_t, block const&)> visitor = visit_node;
        auto const read =
            co_await read_in_slices(f.reader(), std::move(*ranges), structure, std::move(visitor));
        if (!read)
            co_return read.error();
        level = std::move(below);
        if (height == 0)
            break;
    }
    if (records != tree->total_records)
        co_return error(
            errc::bad_value,
            start->view.at,
            structure,
            "it has not as many records as its header says"
        );
    co_return result<void>();
}

}  // namespace lindi::node
