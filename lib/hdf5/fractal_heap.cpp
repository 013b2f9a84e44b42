#include <lindi/hdf5/checksum.hpp>
#include <lindi/hdf5/fractal_heap.hpp>

#include <algorithm>
#include <bit>

namespace lindi::hdf5 {
namespace {

constexpr char const* header_name = "fractal heap header";
constexpr char const* indirect_name = "fractal heap indirect block";
constexpr char const* direct_name = "fractal heap direct block";
constexpr char const* id_name = "fractal heap id";

constexpr unsigned checksums_direct_blocks = 0x02;

/// libhdf5 allows no longer ids.
constexpr unsigned max_id_length = 4096;

/// Of the heap's address space: sums of offsets and sizes in it stay within 64 bits.
constexpr unsigned max_space_bits = 62;

/// \pre value is a power of two
unsigned log2_of(std::uint64_t value)
{
    return static_cast<unsigned>(std::countr_zero(value));
}

unsigned bytes_for_bits(unsigned bits)
{
    return (bits + 7) / 8;
}

/// log2 of the bytes that row 0 spans. Every further row doubles what the rows span together.
unsigned first_row_bits(fractal_heap const& heap)
{
    return log2_of(heap.start_block_size) + log2_of(heap.table_width);
}

/// Rows of a root that spans the whole address space.
unsigned max_rows(fractal_heap const& heap)
{
    return heap.max_heap_bits - first_row_bits(heap) + 1;
}

/// Bytes in front of `row`: what so many rows span.
std::uint64_t row_offset(fractal_heap const& heap, unsigned row)
{
    return row == 0 ? 0 : std::uint64_t{1} << (first_row_bits(heap) + row - 1);
}

void read_counts(cursor& c, file_sizes sizes, fractal_heap& out)
{
    c.skip(sizes.lengths);  // next huge id
    out.huge_btree = sizes.read_address(c);
    c.skip(sizes.lengths);  // free space in managed blocks
    c.skip(sizes.offsets);  // its manager
    out.managed_space = sizes.read_length(c);
    c.skip(2u * sizes.lengths);  // allocated space, next direct block
    out.managed_objects = sizes.read_length(c);
    c.skip(sizes.lengths);  // size of the huge objects
    out.huge_objects = sizes.read_length(c);
    c.skip(sizes.lengths);  // size of the tiny objects
    out.tiny_objects = sizes.read_length(c);
}

void read_table(cursor& c, file_sizes sizes, fractal_heap& out)
{
    out.table_width = c.u16();
    out.start_block_size = sizes.read_length(c);
    out.max_direct_size = sizes.read_length(c);
    out.max_heap_bits = c.u16();
    c.skip(2);  // rows that a first root indirect block gets
    out.root = sizes.read_address(c);
    out.root_rows = c.u16();
}

void read_filters(cursor& c, file_sizes sizes, fractal_heap& out)
{
    out.filtered_root_size = sizes.read_length(c);
    out.root_filter_mask = c.u32();
    auto const body = c.take(out.filter_length);
    if (!c.ok())
        return;
    auto filters = decode_filter_pipeline(body);
    if (filters)
        out.filters = *std::move(filters);
    else
        c.adopt(filters.error().within(header_name));
}

void check_table(cursor& c, fractal_heap const& heap)
{
    c.require(std::has_single_bit(heap.table_width), errc::bad_value, "table width");
    c.require(std::has_single_bit(heap.start_block_size), errc::bad_value, "starting block size");
    c.require(
        std::has_single_bit(heap.max_direct_size), errc::bad_value, "maximum direct block size"
    );
    c.require(
        heap.max_direct_size >= heap.start_block_size && heap.max_direct_size > 1,
        errc::bad_value,
        "maximum direct block size below the starting one"
    );
    c.require(
        heap.max_heap_bits <= max_space_bits, errc::unsupported, "heap of more than 2^62 bytes"
    );
    if (!c.ok())
        return;
    if (!c.require(
            heap.max_heap_bits >= first_row_bits(heap),
            errc::bad_value,
            "maximum heap size below one row"
        ))
        return;
    auto const rows = max_rows(heap);
    c.require(
        heap.root_rows <= rows, errc::bad_value, "more rows in the root than the heap can have"
    );
    c.require(
        rows <= heap.direct_rows() || heap.direct_rows() > log2_of(heap.table_width),
        errc::bad_value,
        "indirect blocks smaller than one row"
    );
}

void check_ids(cursor& c, fractal_heap const& heap)
{
    auto const least = 1 + heap.offset_width() + heap.length_width();
    c.require(heap.id_length >= least, errc::bad_value, "ids too short for an offset and a length");
    c.require(heap.id_length <= max_id_length, errc::bad_value, "ids of more than 4096 bytes");
}

/// Version, owner and place of a direct or indirect block. \return the place
std::uint64_t
read_block_prefix(cursor& c, std::string_view signature, fractal_heap const& heap, file_sizes sizes)
{
    c.expect_signature(signature);
    c.expect_version(0, 0);
    c.require(sizes.read_address(c) == heap.at, errc::bad_value, "block of another heap");
    return c.uint(heap.offset_width());
}

heap_child read_direct_child(cursor& c, fractal_heap const& heap, file_sizes sizes, unsigned row)
{
    heap_child out;
    out.address = sizes.read_address(c);
    out.block_size = heap.row_block_size(row);
    out.stored_size = out.block_size;
    if (heap.filter_length != 0) {
        out.stored_size = sizes.read_length(c);
        out.filter_mask = c.u32();
        c.require(
            out.address == undefined_address || out.stored_size != 0,
            errc::bad_value,
            "filtered block of 0 bytes"
        );
    }
    return out;
}

heap_child read_indirect_child(cursor& c, fractal_heap const& heap, file_sizes sizes, unsigned row)
{
    heap_child out;
    out.address = sizes.read_address(c);
    out.block_size = heap.row_block_size(row);
    out.rows = heap.child_rows(row);
    out.stored_size = indirect_block_size(heap, sizes, out.rows);
    return out;
}

void read_children(
    cursor& c, fractal_heap const& heap, file_sizes sizes, unsigned rows, heap_indirect_block& out
)
{
    for (unsigned row = 0; row < rows; ++row) {
        auto offset = out.heap_offset + row_offset(heap, row);
        for (unsigned i = 0; i < heap.table_width; ++i) {
            bool const direct = row < heap.direct_rows();
            auto child = direct ? read_direct_child(c, heap, sizes, row)
                                : read_indirect_child(c, heap, sizes, row);
            child.heap_offset = offset;
            offset += child.block_size;
            out.children.push_back(child);
        }
    }
}

/// The checksum is over the block as it was when its field still held zeros.
void expect_block_checksum(cursor& c, block_view b)
{
    auto const at = c.at();
    auto const place = c.position();
    auto const stored = c.u32();
    if (!c.ok())
        return;
    bytes copy(b.bytes.begin(), b.bytes.end());
    std::fill_n(copy.begin() + static_cast<std::ptrdiff_t>(place), 4, std::byte{0});
    if (lookup3(copy) != stored)
        c.adopt(error(errc::bad_checksum, at, direct_name));
}

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

unsigned fractal_heap::length_width() const noexcept
{
    auto const for_block = bytes_for_bits(log2_of(max_direct_size));
    auto const for_object =
        bytes_for_bits(std::max(1u, static_cast<unsigned>(std::bit_width(max_managed_size))));
    return std::min(for_block, for_object);
}

unsigned fractal_heap::direct_rows() const noexcept
{
    return log2_of(max_direct_size) - log2_of(start_block_size) + 2;
}

std::uint64_t fractal_heap::row_block_size(unsigned row) const noexcept
{
    auto const bits = log2_of(start_block_size) + (row == 0 ? 0 : row - 1);
    return bits < 64 ? std::uint64_t{1} << bits : 0;
}

unsigned fractal_heap::child_rows(unsigned row) const noexcept
{
    return row - log2_of(table_width);
}

result<fractal_heap> decode_fractal_heap(block_view b, file_sizes sizes, std::uint64_t base_address)
{
    cursor c(b, header_name);
    c.expect_signature("FRHP");
    c.expect_version(0, 0);
    fractal_heap out;
    out.at = b.at - base_address;
    out.id_length = c.u16();
    out.filter_length = c.u16();
    out.checksums_blocks = (c.u8() & checksums_direct_blocks) != 0;
    out.max_managed_size = c.u32();
    read_counts(c, sizes, out);
    read_table(c, sizes, out);
    if (out.filter_length != 0)
        read_filters(c, sizes, out);
    expect_checksum(c, b);
    if (c.ok())
        check_table(c, out);
    if (c.ok())
        check_ids(c, out);
    return c.finish(std::move(out));
}

result<std::size_t> fractal_heap_full_size(block_view b, file_sizes sizes)
{
    cursor c(b, header_name);
    c.expect_signature("FRHP");
    c.expect_version(0, 0);
    c.skip(2);
    auto const filter_length = c.u16();
    auto const extra = filter_length == 0 ? 0u : sizes.lengths + 4u + filter_length;
    return c.finish(fractal_heap_header_size(sizes) + extra);
}

std::uint64_t
indirect_block_size(fractal_heap const& heap, file_sizes sizes, unsigned rows) noexcept
{
    std::uint64_t const direct = std::min(rows, heap.direct_rows());
    auto const filter_size = heap.filter_length != 0 ? sizes.lengths + 4u : 0u;
    std::uint64_t const frame = 9u + sizes.offsets + heap.offset_width();
    return frame + heap.table_width * (rows * std::uint64_t{sizes.offsets} + direct * filter_size);
}

result<heap_indirect_block>
decode_indirect_block(block_view b, fractal_heap const& heap, file_sizes sizes, unsigned rows)
{
    cursor c(b, indirect_name);
    heap_indirect_block out;
    out.heap_offset = read_block_prefix(c, "FHIB", heap, sizes);
    c.require(rows >= 1 && rows <= max_rows(heap), errc::bad_value, "number of rows");
    auto const space = std::uint64_t{1} << heap.max_heap_bits;
    c.require(
        c.ok() && out.heap_offset <= space - row_offset(heap, rows),
        errc::bad_value,
        "block outside the heap's address space"
    );
    auto const size = indirect_block_size(heap, sizes, c.ok() ? rows : 0);
    if (!c.require(size <= b.size(), errc::truncated, "fewer bytes than its rows need"))
        return c.failure();
    out.children.reserve(std::size_t{rows} * heap.table_width);
    read_children(c, heap, sizes, rows, out);
    expect_checksum(c, b);
    return c.finish(std::move(out));
}

result<std::uint64_t> decode_direct_block(block_view b, fractal_heap const& heap, file_sizes sizes)
{
    cursor c(b, direct_name);
    auto const heap_offset = read_block_prefix(c, "FHDB", heap, sizes);
    if (heap.checksums_blocks)
        expect_block_checksum(c, b);
    return c.finish(heap_offset);
}

result<heap_id> decode_heap_id(block_view id, fractal_heap const& heap, file_sizes sizes)
{
    cursor c(id.sub(0, heap.id_length), id_name);
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
