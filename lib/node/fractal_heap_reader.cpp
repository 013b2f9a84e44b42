#include "fractal_heap_reader.hpp"

#include "btree_v2_reader.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/node/filter_calls.hpp>

#include <algorithm>
#include <map>

namespace lindi::node {
namespace {

constexpr char const* structure = "fractal heap";

/// A part of the heap's address space: a direct block, unfiltered, or why it cannot be read.
struct loaded_part {
    result<block> bytes;
    std::uint64_t heap_offset = 0;
    std::uint64_t size = 0;
};

/// What is needed of one heap, while its objects are picked up.
struct heap_session {
    file& f;
    hdf5::fractal_heap heap;
    result<block> root;  ///< indirect
    memory_lease held;
    std::vector<result<hdf5::heap_id>> ids;
    std::vector<std::uint64_t> wanted;                ///< heap offsets of managed objects, sorted
    std::map<std::uint64_t, loaded_part> parts;       ///< by heap offset
    std::map<std::uint64_t, hdf5::huge_object> huge;  ///< by key
    result<void> huge_index{};  ///< whether the index of huge objects was read
};

bool is_wanted(heap_session const& s, std::uint64_t offset, std::uint64_t size)
{
    auto const first = std::lower_bound(s.wanted.begin(), s.wanted.end(), offset);
    return first != s.wanted.end() && *first - offset < size;
}

void keep_part(heap_session& s, hdf5::heap_child const& child, result<block> bytes)
{
    s.parts.insert_or_assign(
        child.heap_offset, loaded_part{std::move(bytes), child.heap_offset, child.block_size}
    );
}

/// Undoes the heap's filters on what was stored at `stored`.
result<block>
unfilter(heap_session& s, block stored, std::uint32_t mask, std::uint64_t decoded_size)
{
    if (s.heap.filter_length == 0)
        return stored;
    if (auto const taken = s.held.take(decoded_size, stored.view.at); !taken)
        return taken.error();
    auto const calls = filter_calls(s.heap.filters);
    codec::chunk_format const format{calls, mask, decoded_size};
    auto decoded = codec::decode_chunk(s.f.codecs(), stored.view, format, s.f.limits());
    if (!decoded)
        return decoded.error().within("fractal heap block");
    auto owner = std::make_shared<lindi::bytes const>(std::move(*decoded));
    std::span<std::byte const> const bytes = *owner;
    return block{owner, {bytes, stored.view.at}};
}

/// The block of this child, unfiltered and checked.
result<block> take_block(heap_session& s, hdf5::heap_child const& child, block stored)
{
    auto bytes = unfilter(s, std::move(stored), child.filter_mask, child.block_size);
    if (!bytes)
        return bytes;
    auto const offset = hdf5::decode_direct_block(bytes->view, s.heap, s.f.sizes());
    if (!offset)
        return offset.error();
    if (*offset != child.heap_offset)
        return error(
            errc::bad_value, bytes->view.at, "fractal heap direct block", "it is another's block"
        );
    return bytes;
}

/// Where a child is, if it may be read. Its bytes count as memory from now on.
result<io::byte_range> range_of(heap_session& s, hdf5::heap_child const& child)
{
    auto const offset = s.f.offset_of(child.address, structure);
    if (!offset)
        return offset.error();
    if (child.stored_size > s.f.reader().end_of(*offset) - *offset)
        return error(errc::truncated, *offset, structure, "a block runs past the end of the file");
    if (auto const taken = s.held.take(child.stored_size, *offset); !taken)
        return taken.error();
    return io::byte_range{*offset, child.stored_size};
}

/// Reads children together. Those that cannot be read are kept as such: objects in them say why.
task<std::vector<std::pair<hdf5::heap_child, block>>>
read_children(heap_session& s, std::vector<hdf5::heap_child> children)
{
    std::vector<io::byte_range> ranges;
    std::vector<hdf5::heap_child> asked;
    for (auto const& child : children) {
        auto const range = range_of(s, child);
        if (!range) {
            keep_part(s, child, range.error());
            continue;
        }
        ranges.push_back(*range);
        asked.push_back(child);
    }
    auto got = co_await s.f.reader().read_each(std::move(ranges), "fractal heap block");
    std::vector<std::pair<hdf5::heap_child, block>> out;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (got[i])
            out.emplace_back(asked[i], std::move(*got[i]));
        else
            keep_part(s, asked[i], got[i].error());
    }
    co_return out;
}

task<void> read_direct_blocks(heap_session& s, std::vector<hdf5::heap_child> children)
{
    auto const blocks = co_await read_children(s, std::move(children));
    for (auto const& [child, stored] : blocks)
        keep_part(s, child, take_block(s, child, stored));
}

/// Sorts the wanted children of an indirect block by what they are.
void pick_children(
    heap_session const& s,
    hdf5::heap_indirect_block const& b,
    std::vector<hdf5::heap_child>& direct,
    std::vector<hdf5::heap_child>& indirect
)
{
    for (auto const& child : b.children) {
        if (child.address == hdf5::undefined_address ||
            !is_wanted(s, child.heap_offset, child.block_size))
            continue;
        (child.rows == 0 ? direct : indirect).push_back(child);
    }
}

result<hdf5::heap_indirect_block>
decode_indirect(heap_session const& s, hdf5::heap_child const& child, block_view bytes)
{
    auto b = hdf5::decode_indirect_block(bytes, s.heap, s.f.sizes(), child.rows);
    if (b && b->heap_offset != child.heap_offset)
        return error(
            errc::bad_value, bytes.at, "fractal heap indirect block", "it is another's block"
        );
    return b;
}

/// Finds the wanted children of an indirect block that was read.
void take_indirect(
    heap_session& s,
    hdf5::heap_child const& child,
    result<block> const& stored,
    std::vector<hdf5::heap_child>& direct,
    std::vector<hdf5::heap_child>& indirect
)
{
    auto const b = stored ? decode_indirect(s, child, stored->view)
                          : result<hdf5::heap_indirect_block>(stored.error());
    if (b)
        pick_children(s, *b, direct, indirect);
    else
        keep_part(s, child, b.error());
}

/// Goes down the indirect blocks, a level at a time, and reads every wanted direct block.
task<void> read_from_indirect(heap_session& s)
{
    std::vector<hdf5::heap_child> direct;
    std::vector<hdf5::heap_child> level;
    hdf5::heap_child root;
    root.address = s.heap.root;
    root.rows = s.heap.root_rows;
    root.block_size = s.heap.managed_space;
    take_indirect(s, root, s.root, direct, level);
    for (unsigned depth = 1; !level.empty() && depth < s.f.limits().tree_levels; ++depth) {
        auto const blocks = co_await read_children(s, std::move(level));
        level.clear();
        for (auto const& [child, stored] : blocks)
            take_indirect(s, child, stored, direct, level);
    }
    co_await read_direct_blocks(s, std::move(direct));
}

task<void> read_managed(heap_session& s)
{
    if (s.wanted.empty() || s.heap.root == hdf5::undefined_address)
        co_return;
    if (s.heap.root_rows != 0) {
        co_await read_from_indirect(s);
        co_return;
    }
    hdf5::heap_child root;
    root.address = s.heap.root;
    root.block_size = s.heap.start_block_size;
    root.stored_size = s.heap.filter_length == 0 ? root.block_size : s.heap.filtered_root_size;
    root.filter_mask = s.heap.root_filter_mask;
    std::vector<hdf5::heap_child> only(1, root);
    co_await read_direct_blocks(s, std::move(only));
}

/// The B-tree of huge objects, when an id needs it.
task<void> read_huge_index(heap_session& s)
{
    auto const indirect = [](result<hdf5::heap_id> const& id) {
        return id && id->what == hdf5::heap_id::kind::huge && !id->direct;
    };
    if (std::none_of(s.ids.begin(), s.ids.end(), indirect))
        co_return;
    auto keep = [&s](hdf5::btree_v2 const& tree, block_view record) -> result<void> {
        auto const object =
            hdf5::decode_huge_object(record, static_cast<std::uint8_t>(tree.type), s.f.sizes());
        if (!object)
            return object.error();
        s.huge.insert_or_assign(object->key, *object);
        return s.held.take(sizeof(*object), record.at);
    };
    std::function<result<void>(hdf5::btree_v2 const&, block_view)> visit = keep;
    s.huge_index = co_await visit_btree_v2(s.f, s.heap.huge_btree, std::move(visit));
}

result<block> managed_object(heap_session const& s, hdf5::heap_id const& id)
{
    auto const missing = error(errc::not_found, s.heap.at, structure, "no block holds the object");
    auto after = s.parts.upper_bound(id.offset);
    if (after == s.parts.begin())
        return missing;
    auto const& part = std::prev(after)->second;
    auto const skip = id.offset - part.heap_offset;
    if (skip >= part.size)
        return missing;
    if (!part.bytes)
        return part.bytes.error();
    auto const& view = part.bytes->view;
    if (skip > view.size() || id.length > view.size() - skip)
        return error(errc::bad_value, view.at, structure, "an object ends outside of its block");
    return block{
        part.bytes->owner,
        view.sub(static_cast<std::size_t>(skip), static_cast<std::size_t>(id.length))};
}

result<hdf5::huge_object> huge_place(heap_session const& s, hdf5::heap_id const& id)
{
    if (id.direct) {
        hdf5::huge_object out;
        out.address = id.address;
        out.length = id.length;
        out.filter_mask = id.filter_mask;
        out.memory_length = id.filtered_length;
        return out;
    }
    if (!s.huge_index)
        return s.huge_index.error();
    auto const found = s.huge.find(id.key);
    if (found == s.huge.end())
        return error(errc::not_found, s.heap.at, structure, "no huge object has this key");
    return found->second;
}

task<void> read_huge_object(heap_session& s, hdf5::heap_id id, result<block>& to)
{
    auto const place = huge_place(s, id);
    if (!place) {
        to = place.error();
        co_return;
    }
    if (auto const taken = s.held.take(place->length, place->address); !taken) {
        to = taken.error();
        co_return;
    }
    auto stored = co_await s.f.read(place->address, place->length, "fractal heap huge object");
    if (stored)
        to = unfilter(s, std::move(*stored), place->filter_mask, place->memory_length);
    else
        to = stored.error();
}

/// The object is inside the id.
block tiny_object(hdf5::heap_id const& id, std::uint64_t at)
{
    auto owner = std::make_shared<lindi::bytes const>(id.data.bytes.begin(), id.data.bytes.end());
    std::span<std::byte const> const bytes = *owner;
    return {owner, {bytes, at}};
}

void decode_ids(heap_session& s, std::vector<lindi::bytes> const& ids)
{
    for (auto const& id : ids) {
        s.ids.push_back(hdf5::decode_heap_id({id, s.heap.at}, s.heap, s.f.sizes()));
        if (s.ids.back() && s.ids.back()->what == hdf5::heap_id::kind::managed)
            s.wanted.push_back(s.ids.back()->offset);
    }
    std::sort(s.wanted.begin(), s.wanted.end());
}

task<std::vector<result<block>>> pick_objects(heap_session& s)
{
    std::vector<result<block>> out(s.ids.size(), block{});
    std::vector<task<void>> huge;
    for (std::size_t i = 0; i < s.ids.size(); ++i) {
        auto const& id = s.ids[i];
        if (!id)
            out[i] = id.error();
        else if (id->what == hdf5::heap_id::kind::managed)
            out[i] = managed_object(s, *id);
        else if (id->what == hdf5::heap_id::kind::huge)
            huge.push_back(read_huge_object(s, *id, out[i]));
        else
            out[i] = tiny_object(*id, s.heap.at);
    }
    co_await when_all(std::move(huge));
    co_return out;
}

task<result<hdf5::fractal_heap>> read_heap_header(file& f, std::uint64_t address)
{
    auto const least = hdf5::fractal_heap_header_size(f.sizes());
    auto start = co_await f.read(address, least, structure);
    if (!start)
        co_return start.error();
    auto const full = hdf5::fractal_heap_full_size(start->view, f.sizes());
    if (!full)
        co_return full.error();
    if (*full > least)
        start = co_await f.read(address, *full, structure);
    if (!start)
        co_return start.error();
    co_return hdf5::decode_fractal_heap(
        start->view, f.sizes(), f.contents.file.superblock.base_address
    );
}

}  // namespace

task<result<opened_heap>> open_heap(file& f, std::uint64_t address)
{
    auto header = co_await read_heap_header(f, address);
    if (!header)
        co_return header.error();
    opened_heap out{std::move(*header)};
    if (out.header.root != hdf5::undefined_address && out.header.root_rows != 0) {
        auto const size = hdf5::indirect_block_size(out.header, f.sizes(), out.header.root_rows);
        out.root = co_await f.read(out.header.root, size, "fractal heap indirect block");
    }
    co_return out;
}

task<heap_objects> read_heap_objects(file& f, opened_heap heap, std::vector<lindi::bytes> ids)
{
    heap_session s{
        f, std::move(heap.header), std::move(heap.root), memory_lease(f.budget()), {}, {}, {}, {}};
    decode_ids(s, ids);
    std::vector<task<void>> both;
    both.push_back(read_managed(s));
    both.push_back(read_huge_index(s));
    co_await when_all(std::move(both));
    auto items = co_await pick_objects(s);
    heap_objects out{std::move(items), std::move(s.held)};
    co_return out;
}

task<result<block>> read_heap_object(file& f, std::uint64_t address, block_view id)
{
    std::vector<lindi::bytes> ids(1, lindi::bytes(id.bytes.begin(), id.bytes.end()));
    auto heap = co_await open_heap(f, address);
    if (!heap)
        co_return heap.error();
    auto got = co_await read_heap_objects(f, std::move(*heap), std::move(ids));
    co_return std::move(got.items[0]);
}

}  // namespace lindi::node
