#include "fractal_heap_reader.hpp"

#include "btree_v2_reader.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/hdf5/fractal_heap.hpp>
#include <lindi/node/filter_calls.hpp>

#include <algorithm>
#include <map>

namespace lindi::node {
namespace {

constexpr char const* structure = "fractal heap";

using objects = std::vector<result<block>>;

/// A direct block that was read, unfiltered.
struct loaded_block {
    block bytes;
    std::uint64_t heap_offset = 0;
    std::uint64_t size = 0;
};

/// What is needed of one heap, while its objects are picked up.
struct heap_session {
    file& f;
    hdf5::fractal_heap heap;
    std::vector<hdf5::heap_id> ids;
    std::vector<std::uint64_t> wanted;                ///< heap offsets of managed objects, sorted
    std::map<std::uint64_t, loaded_block> blocks;     ///< by heap offset
    std::map<std::uint64_t, hdf5::huge_object> huge;  ///< by key
};

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
    auto heap = hdf5::decode_fractal_heap(start->view, f.sizes());
    if (heap)
        heap->at = address;
    co_return heap;
}

bool is_wanted(heap_session const& s, std::uint64_t offset, std::uint64_t size)
{
    auto const first = std::lower_bound(s.wanted.begin(), s.wanted.end(), offset);
    return first != s.wanted.end() && *first - offset < size;
}

/// Undoes the heap's filters on what was stored at `stored`.
result<block>
unfilter(heap_session const& s, block stored, std::uint32_t mask, std::uint64_t decoded_size)
{
    if (s.heap.filter_length == 0)
        return stored;
    auto const calls = filter_calls(s.heap.filters);
    codec::chunk_format const format{calls, mask, decoded_size};
    auto decoded = codec::decode_chunk(s.f.codecs(), stored.view, format, s.f.limits());
    if (!decoded)
        return decoded.error().within("fractal heap block");
    auto owner = std::make_shared<lindi::bytes const>(std::move(*decoded));
    std::span<std::byte const> const bytes = *owner;
    return block{owner, {bytes, stored.view.at}};
}

result<void> keep_block(heap_session& s, hdf5::heap_child const& child, block stored)
{
    auto bytes = unfilter(s, std::move(stored), child.filter_mask, child.block_size);
    if (!bytes)
        return bytes.error();
    auto const offset = hdf5::decode_direct_block(bytes->view, s.heap, s.f.sizes());
    if (!offset)
        return offset.error();
    if (*offset != child.heap_offset)
        return error(
            errc::bad_value, bytes->view.at, "fractal heap direct block", "it is another's block"
        );
    s.blocks.insert_or_assign(*offset, loaded_block{std::move(*bytes), *offset, child.block_size});
    return {};
}

/// Reads the direct blocks among `children` that hold wanted objects.
/// One that cannot be read costs its objects only: they will not be found.
task<void> read_direct_blocks(heap_session& s, std::vector<hdf5::heap_child> children)
{
    std::vector<io::byte_range> ranges;
    std::vector<hdf5::heap_child> asked;
    for (auto const& child : children) {
        auto const offset = s.f.offset_of(child.address, structure);
        if (!offset)
            continue;
        ranges.push_back({*offset, child.stored_size});
        asked.push_back(child);
    }
    auto const got = co_await s.f.reader().read_each(std::move(ranges));
    for (std::size_t i = 0; i < asked.size(); ++i)
        if (got[i])
            (void)keep_block(s, asked[i], *got[i]);
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

/// Goes down the indirect blocks, a level at a time, and reads every wanted direct block.
task<void> read_from_indirect(heap_session& s)
{
    std::vector<hdf5::heap_child> direct;
    std::vector<hdf5::heap_child> level(1);
    level[0].address = s.heap.root;
    level[0].rows = s.heap.root_rows;
    for (unsigned depth = 0; !level.empty() && depth < s.f.limits().tree_levels; ++depth) {
        std::vector<io::byte_range> ranges;
        std::vector<hdf5::heap_child> asked;
        for (auto const& node : level)
            if (auto const offset = s.f.offset_of(node.address, structure)) {
                ranges.push_back(
                    {*offset, hdf5::indirect_block_size(s.heap, s.f.sizes(), node.rows)}
                );
                asked.push_back(node);
            }
        auto const got = co_await s.f.reader().read_each(std::move(ranges));
        level.clear();
        for (std::size_t i = 0; i < asked.size(); ++i) {
            if (!got[i])
                continue;
            auto const b =
                hdf5::decode_indirect_block(got[i]->view, s.heap, s.f.sizes(), asked[i].rows);
            if (b && b->heap_offset == asked[i].heap_offset)
                pick_children(s, *b, direct, level);
        }
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
task<result<void>> read_huge_index(heap_session& s)
{
    auto const indirect = [](hdf5::heap_id const& id) {
        return id.what == hdf5::heap_id::kind::huge && !id.direct;
    };
    if (std::none_of(s.ids.begin(), s.ids.end(), indirect))
        co_return result<void>();
    auto keep = [&s](hdf5::btree_v2 const& tree, block_view record) -> result<void> {
        auto const object =
            hdf5::decode_huge_object(record, static_cast<std::uint8_t>(tree.type), s.f.sizes());
        if (!object)
            return object.error();
        s.huge.insert_or_assign(object->key, *object);
        return {};
    };
    std::function<result<void>(hdf5::btree_v2 const&, block_view)> visit = keep;
    co_return co_await visit_btree_v2(s.f, s.heap.huge_btree, std::move(visit));
}

result<block> managed_object(heap_session const& s, hdf5::heap_id const& id, std::uint64_t at)
{
    auto after = s.blocks.upper_bound(id.offset);
    if (after == s.blocks.begin())
        return error(errc::not_found, at, structure, "its block cannot be read");
    auto const& b = std::prev(after)->second;
    auto const skip = id.offset - b.heap_offset;
    if (skip >= b.size || id.length > b.size - skip || b.size > b.bytes.view.size())
        return error(
            errc::not_found, at, structure, "its block cannot be read, or it ends outside"
        );
    return block{
        b.bytes.owner,
        b.bytes.view.sub(static_cast<std::size_t>(skip), static_cast<std::size_t>(id.length))};
}

result<hdf5::huge_object>
huge_place(heap_session const& s, hdf5::heap_id const& id, std::uint64_t at)
{
    if (id.direct) {
        hdf5::huge_object out;
        out.address = id.address;
        out.length = id.length;
        out.filter_mask = id.filter_mask;
        out.memory_length = id.filtered_length;
        return out;
    }
    auto const found = s.huge.find(id.key);
    if (found == s.huge.end())
        return error(errc::not_found, at, structure, "no huge object has this key");
    return found->second;
}

task<result<block>> huge_object(heap_session& s, hdf5::heap_id id, std::uint64_t at)
{
    auto const place = huge_place(s, id, at);
    if (!place)
        co_return place.error();
    auto stored = co_await s.f.read(place->address, place->length, "fractal heap huge object");
    if (!stored)
        co_return stored;
    co_return unfilter(s, std::move(*stored), place->filter_mask, place->memory_length);
}

}  // namespace

task<result<objects>>
read_heap_objects(file& f, std::uint64_t address, std::vector<lindi::bytes> ids)
{
    auto heap = co_await read_heap_header(f, address);
    if (!heap)
        co_return heap.error();
    heap_session s{f, std::move(*heap), {}, {}, {}, {}};
    std::vector<std::optional<error>> broken(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto const id = hdf5::decode_heap_id({ids[i], address}, s.heap, f.sizes());
        if (!id)
            broken[i] = id.error();
        s.ids.push_back(id ? *id : hdf5::heap_id{});
        if (id && id->what == hdf5::heap_id::kind::managed)
            s.wanted.push_back(id->offset);
    }
    std::sort(s.wanted.begin(), s.wanted.end());
    co_await read_managed(s);
    auto const huge_index = co_await read_huge_index(s);

    objects out;
    out.reserve(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto const& id = s.ids[i];
        if (broken[i])
            out.emplace_back(*broken[i]);
        else if (id.what == hdf5::heap_id::kind::managed)
            out.push_back(managed_object(s, id, address));
        else if (id.what == hdf5::heap_id::kind::huge && !id.direct && !huge_index)
            out.emplace_back(huge_index.error());
        else if (id.what == hdf5::heap_id::kind::huge)
            out.push_back(co_await huge_object(s, id, address));
        else {
            // The object is inside the id, which the caller's vector holds: keep its bytes.
            auto owner =
                std::make_shared<lindi::bytes const>(id.data.bytes.begin(), id.data.bytes.end());
            std::span<std::byte const> const bytes = *owner;
            out.emplace_back(block{owner, {bytes, address}});
        }
    }
    co_return out;
}

task<result<block>> read_heap_object(file& f, std::uint64_t address, block_view id)
{
    std::vector<lindi::bytes> ids(1, lindi::bytes(id.bytes.begin(), id.bytes.end()));
    auto got = co_await read_heap_objects(f, address, std::move(ids));
    if (!got)
        co_return got.error();
    co_return std::move((*got)[0]);
}

}  // namespace lindi::node
