#include <lindi/hdf5/checksum.hpp>
#include <lindi/hdf5/fractal_heap.hpp>

#include <algorithm>

namespace lindi::hdf5 {
namespace {

constexpr char const* indirect_name = "fractal heap indirect block";
constexpr char const* direct_name = "fractal heap direct block";

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
        auto offset = out.heap_offset + heap.row_offset(row);
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

}  // namespace

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
    c.require(rows >= 1 && rows <= heap.max_rows(), errc::bad_value, "number of rows");
    auto const space = std::uint64_t{1} << heap.max_heap_bits;
    c.require(
        c.ok() && out.heap_offset <= space - heap.row_offset(rows),
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

}  // namespace lindi::hdf5
