#include <lindi/hdf5/checksum.hpp>
#include <lindi/hdf5/fractal_heap.hpp>

#include <algorithm>
#include <bit>

namespace lindi::hdf5 {
namespace {

constexpr char const* header_name = "fractal heap header";

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
    auto const rows = heap.max_rows();
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

unsigned fractal_heap::max_rows() const noexcept
{
    return max_heap_bits - first_row_bits(*this) + 1;
}

std::uint64_t fractal_heap::row_offset(unsigned row) const noexcept
{
    return row == 0 ? 0 : std::uint64_t{1} << (first_row_bits(*this) + row - 1);
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

}  // namespace lindi::hdf5
