#include <lindi/hdf5/fractal_heap.hpp>

#include <algorithm>

namespace lindi::hdf5 {
namespace {

heap_id read_managed_id(cursor& c, fractal_heap const& heap)
{
    heap_id out;
    out.offset = c.uint(heap.offset_width());
    out.length = c.uint(heap.length_width());
    auto const longest = std::min<std::uint64_t>(heap.max_managed_size, heap.max_direct_size);
    c.require(out.length != 0 && out.length <= longest, errc::bad_value, "length of the object");
    c.require(
        out.offset < heap.managed_space && out.length <= heap.managed_space - out.offset,
        errc::bad_value,
        "object outside the heap"
    );
    return out;
}

/// Ids hold the place of a huge object where they are long enough.
bool has_direct_ids(fractal_heap const& heap, file_sizes sizes)
{
    auto const filtered = heap.filter_length != 0;
    return heap.id_length - 1 >= sizes.offsets + (filtered ? 2 * sizes.lengths + 4 : sizes.lengths);
}

heap_id read_huge_id(cursor& c, fractal_heap const& heap, file_sizes sizes)
{
    heap_id out;
    out.what = heap_id::kind::huge;
    out.direct = has_direct_ids(heap, sizes);
    if (!out.direct) {
        out.key = c.uint(std::min(heap.id_length - 1u, 8u));
        return out;
    }
    out.address = sizes.read_address(c);
    out.length = sizes.read_length(c);
    if (heap.filter_length != 0) {
        out.filter_mask = c.u32();
        out.filtered_length = sizes.read_length(c);
    }
    c.require(out.address != undefined_address, errc::bad_value, "huge object without an address");
    return out;
}

/// \param first  byte of the id; its low half holds the length less 1, or the upper bits of it
heap_id read_tiny_id(cursor& c, fractal_heap const& heap, unsigned first)
{
    constexpr unsigned longest_short = 16;
    bool const extended = heap.id_length - 1u > longest_short + 1;
    unsigned length = first & 0x0f;
    if (extended)
        length = length << 8 | c.u8();
    heap_id out;
    out.what = heap_id::kind::tiny;
    out.length = length + 1;
    out.data = c.take(out.length);
    return out;
}

}  // namespace

result<heap_id> decode_heap_id(block_view id, fractal_heap const& heap, file_sizes sizes)
{
    cursor c(id.sub(0, heap.id_length), "fractal heap id");
    auto const first = c.u8();
    if (c.ok() && first >> 6 != 0)
        c.fail(errc::unsupported_version, "version " + std::to_string(first >> 6));
    auto const kind = first >> 4 & 3;
    heap_id out;
    if (kind == 0)
        out = read_managed_id(c, heap);
    else if (kind == 1)
        out = read_huge_id(c, heap, sizes);
    else if (kind == 2)
        out = read_tiny_id(c, heap, first);
    else
        c.fail(errc::bad_value, "unknown kind of object");
    return c.finish(out);
}

result<huge_object> decode_huge_object(block_view record, std::uint8_t type, file_sizes sizes)
{
    cursor c(record, "record of a huge object");
    c.require(type >= 1 && type <= 4, errc::bad_value, "not a type for huge objects");
    huge_object out;
    out.address = sizes.read_address(c);
    out.length = sizes.read_length(c);
    if (type == 2 || type == 4) {
        out.filter_mask = c.u32();
        out.memory_length = sizes.read_length(c);
    }
    if (type <= 2)
        out.key = sizes.read_length(c);
    c.require(out.address != undefined_address, errc::bad_value, "undefined address");
    return c.finish(out);
}

}  // namespace lindi::hdf5
