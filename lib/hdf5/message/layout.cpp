#include <lindi/core/checked.hpp>
#include <lindi/hdf5/message/dataspace.hpp>
#include <lindi/hdf5/message/layout.hpp>

#include <utility>

namespace lindi::hdf5 {
namespace {

// Flags of chunked storage, since version 4.
constexpr unsigned partial_edges_unfiltered = 0x01;
constexpr unsigned single_index_with_filter = 0x02;
constexpr unsigned known_flags = 0x03;

/// Extents of a chunk with the size of an element as the last. Before version 5 a chunk has less
/// than 4 GiB: its size is stored in 32 bits elsewhere.
void read_chunk_shape(
    cursor& c, unsigned count, unsigned width, unsigned version, chunk_layout& out
)
{
    c.require(count >= 2 && count <= max_rank + 1, errc::bad_value, "dimensions of a chunk");
    if (!c.room_for(count, width))
        return;
    for (unsigned i = 0; i < count; ++i) {
        out.shape.push_back(c.uint(width));
        c.require(out.shape.back() != 0, errc::bad_value, "chunk with an extent of 0");
    }
    auto const size = checked_product(out.shape);
    c.require(size && (version >= 5 || *size <= 0xffffffff), errc::bad_value, "size of a chunk");
    out.element_size = out.shape.back();
    out.shape.pop_back();
}

/// The parameters of arrays repeat what the array's header says, which is what counts.
void skip_nonzero_bytes(cursor& c, unsigned count)
{
    for (unsigned i = 0; i < count; ++i)
        c.require(c.u8() != 0, errc::bad_value, "parameter of the chunk index is 0");
}

void skip_btree_parameters(cursor& c)
{
    c.skip(4);  // size of a node
    for (unsigned i = 0; i < 2; ++i) {
        auto const percent = c.u8();
        c.require(percent >= 1 && percent <= 100, errc::bad_value, "percentage of the chunk index");
    }
}

void read_single_index(cursor& c, unsigned flags, file_sizes sizes, chunk_layout& out)
{
    if ((flags & single_index_with_filter) == 0)
        return;
    out.single_filtered_size = sizes.read_length(c);
    out.single_filter_mask = c.u32();
}

chunk_layout read_indexed_chunks(cursor& c, unsigned version, file_sizes sizes)
{
    unsigned const flags = c.u8();
    c.require((flags & ~known_flags) == 0, errc::bad_value, "reserved flags");
    unsigned const count = c.u8();
    unsigned const width = c.u8();
    c.require(width >= 1 && width <= 8, errc::bad_value, "width of the chunk's extents");

    chunk_layout out;
    out.partial_edges_unfiltered = (flags & partial_edges_unfiltered) != 0;
    read_chunk_shape(c, count, width, version, out);
    auto const index = c.u8();
    switch (index) {
    case 1:
        read_single_index(c, flags, sizes, out);
        break;
    case 2:
        break;
    case 3:
        skip_nonzero_bytes(c, 1);
        break;
    case 4:
        skip_nonzero_bytes(c, 5);
        break;
    case 5:
        skip_btree_parameters(c);
        break;
    default:
        c.fail(errc::bad_value, "unknown chunk index");
    }
    if (c.ok())
        out.index = static_cast<chunk_index_type>(index);
    out.address = sizes.read_address(c);
    return out;
}

chunk_layout read_btree_chunks(cursor& c, file_sizes sizes)
{
    chunk_layout out;
    auto const count = c.u8();
    out.address = sizes.read_address(c);
    read_chunk_shape(c, count, 4, 3, out);
    return out;
}

layout_class to_class(cursor& c, unsigned value, unsigned highest)
{
    if (!c.require(value <= highest, errc::bad_value, "unknown class of layout"))
        return {};
    return static_cast<layout_class>(value);
}

/// Versions 1 and 2. Compact data stand behind the extents, and have no address.
void read_old(cursor& c, file_sizes sizes, layout& out)
{
    auto const count = c.u8();
    c.require(count >= 1 && count <= max_rank + 1, errc::bad_value, "number of dimensions");
    out.what = to_class(c, c.u8(), 2);
    c.skip(5);
    if (out.what != layout_class::compact)
        out.address = sizes.read_address(c);
    if (out.what == layout_class::chunked) {
        out.chunks.address = std::exchange(out.address, undefined_address);
        read_chunk_shape(c, count, 4, out.version, out.chunks);
        return;
    }
    if (!c.room_for(count, 4))
        return;
    for (unsigned i = 0; i < count; ++i)
        out.old_dimensions.push_back(c.u32());
    if (out.what == layout_class::compact)
        out.compact = c.take(c.u32());
}

void read_new(cursor& c, file_sizes sizes, layout& out)
{
    out.what = to_class(c, c.u8(), out.version >= 4 ? 3 : 2);
    switch (out.what) {
    case layout_class::compact:
        out.compact = c.take(c.u16());
        break;
    case layout_class::contiguous:
        out.address = sizes.read_address(c);
        out.size = sizes.read_length(c);
        break;
    case layout_class::chunked:
        out.chunks = out.version >= 4 ? read_indexed_chunks(c, out.version, sizes)
                                      : read_btree_chunks(c, sizes);
        break;
    case layout_class::virtual_:
        out.virtual_mappings = {.collection = sizes.read_address(c), .index = c.u32()};
        break;
    }
}

}  // namespace

result<layout> decode_layout(block_view b, file_sizes sizes)
{
    cursor c(b, "data layout message");
    layout out;
    out.version = c.expect_version(1, 5);
    if (out.version < 3)
        read_old(c, sizes, out);
    else
        read_new(c, sizes, out);
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
