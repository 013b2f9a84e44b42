#include "chunk_index.hpp"
#include "slices.hpp"

#include <lindi/hdf5/chunk_node.hpp>

#include <algorithm>
#include <unordered_set>

namespace lindi::node {
namespace {

constexpr char const* structure = "chunk B-tree";

/// State of a walk down the levels of the tree.
struct level_walk {
    chunk_collector& out;
    std::optional<unsigned> height;    ///< of the level being read; the root tells
    std::vector<std::uint64_t> below;  ///< addresses of the next level
    std::unordered_set<std::uint64_t> seen;
};

result<void> add_leaf(chunk_collector& out, hdf5::chunk_node const& node)
{
    auto const rank = out.data().space.rank();
    for (std::size_t i = 0; i < node.entries.size(); ++i) {
        auto const& entry = node.entries[i];
        if (!out.filtered() && entry.size != out.chunk_bytes())
            return error(
                errc::bad_value, entry.child, structure, "an unfiltered chunk of another size"
            );
        auto const origin = std::span(node.origins).subspan(i * rank, rank);
        if (auto const added = out.add_at(origin, {entry.child, entry.size, entry.filter_mask});
            !added)
            return added;
    }
    return {};
}

/// Whether the child `i` of an inner node may hold wanted chunks. Keys ascend in the order of chunk
/// origins, dimension 0 first; a child holds chunks from its own key up to the next one's.
bool may_hold_wanted(level_walk const& walk, hdf5::chunk_node const& node, std::size_t i)
{
    auto const& only = walk.out.only();
    if (!only)
        return true;
    auto const& shape = walk.out.data().chunking.shape;
    auto const rank = shape.size();
    // -1, 0, 1: the key's chunk comes before, at or after this corner of the box.
    auto const compare = [&](std::size_t key, std::vector<std::uint64_t> const& corner) {
        for (std::size_t d = 0; d < rank; ++d) {
            auto const place = node.origins[key * rank + d] / shape[d];
            if (place != corner[d])
                return place < corner[d] ? -1 : 1;
        }
        return 0;
    };
    bool const starts_behind = compare(i, only->last) > 0;
    bool const ends_before = i + 1 < node.entries.size() && compare(i + 1, only->first) <= 0;
    return !starts_behind && !ends_before;
}

result<void> visit_node(level_walk& walk, block const& b)
{
    auto const node =
        hdf5::decode_chunk_node(b.view, walk.out.from().sizes(), walk.out.data().space.rank());
    if (!node)
        return node.error();
    if (walk.height && node->level != *walk.height)
        return error(errc::bad_value, b.view.at, structure, "level does not step down");
    walk.height = node->level;
    if (node->level == 0)
        return add_leaf(walk.out, *node);
    for (std::size_t i = 0; i < node->entries.size(); ++i)
        if (may_hold_wanted(walk, *node, i))
            walk.below.push_back(node->entries[i].child);
    return {};
}

result<std::vector<io::byte_range>> ranges_of(level_walk& walk, std::uint64_t node_size)
{
    auto& f = walk.out.from();
    std::vector<io::byte_range> ranges;
    ranges.reserve(walk.below.size());
    for (auto const address : walk.below) {
        auto const offset = f.offset_of(address, structure);
        if (!offset)
            return offset.error();
        if (!walk.seen.insert(*offset).second)
            return error(errc::cycle, *offset, structure);
        ranges.push_back({*offset, std::min(node_size, f.reader().end_of(*offset) - *offset)});
    }
    walk.below.clear();
    return ranges;
}

}  // namespace

task<result<void>> list_btree_v1_chunks(chunk_collector& out)
{
    auto& f = out.from();
    auto const node_size =
        hdf5::chunk_node_size(f.sizes(), out.data().space.rank(), f.contents.file.k.chunk_k);
    level_walk walk{out, {}, {out.data().chunking.address}, {}};
    while (!walk.below.empty()) {
        auto ranges = ranges_of(walk, node_size);
        if (!ranges)
            co_return ranges.error();
        std::function<result<void>(std::size_t, block const&)> visit =
            [&walk](std::size_t, block const& b) { return visit_node(walk, b); };
        auto const read =
            co_await read_in_slices(f.reader(), std::move(*ranges), structure, std::move(visit));
        if (!read)
            co_return read.error();
        if (walk.height == 0u && !walk.below.empty())
            co_return error(errc::bad_value, error::nowhere, structure, "a leaf has children");
        if (!walk.below.empty())
            walk.height = *walk.height - 1;
    }
    co_return result<void>();
}

}  // namespace lindi::node
