#include "array_block.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/hdf5/checksum.hpp>
#include <lindi/hdf5/chunk_index/extensible_array.hpp>

#include <bit>

namespace lindi::hdf5 {
namespace {

constexpr std::uint64_t checksum_size = 4;

/// \pre value is a power of two
unsigned log2_of(std::uint8_t value)
{
    return static_cast<unsigned>(std::countr_zero(value));
}

void check_shape(cursor& c, extensible_array const& array)
{
    auto const elements = array.min_block_elements;
    auto const pointers = array.min_block_pointers;
    c.require(std::has_single_bit(elements), errc::bad_value, "least elements of a data block");
    c.require(std::has_single_bit(pointers), errc::bad_value, "least pointers of a super block");
    c.require(array.page_bits <= max_array_bits, errc::bad_value, "page size");
    c.require(
        array.max_elements_bits <= max_array_bits, errc::unsupported, "more than 2^58 elements"
    );
    c.require(
        array.max_elements_bits >= log2_of(elements),
        errc::bad_value,
        "most elements below one data block"
    );
    if (c.ok())
        c.require(
            array.super_blocks_in_index() <= array.super_block_count(),
            errc::bad_value,
            "index block with more super blocks than the array has"
        );
}

void read_shape(cursor& c, extensible_array& out)
{
    out.max_elements_bits = c.u8();
    out.index_elements = c.u8();
    out.min_block_elements = c.u8();
    out.min_block_pointers = c.u8();
    out.page_bits = c.u8();
}

std::vector<std::uint64_t> read_addresses(cursor& c, std::uint64_t count, file_sizes sizes)
{
    std::vector<std::uint64_t> out;
    if (!c.room_for(count, sizes.offsets))
        return out;
    out.reserve(static_cast<std::size_t>(count));
    for (std::uint64_t i = 0; i < count; ++i)
        out.push_back(sizes.read_address(c));
    return out;
}

/// Pages of each data block of a super block; 0 when they are not paged.
std::uint64_t pages_of(extensible_array const& array, unsigned super_block)
{
    auto const elements = array.elements_of(super_block);
    return array.paged(elements) ? elements / array.page_elements() : 0;
}

}  // namespace

unsigned extensible_array::super_block_count() const noexcept
{
    return 1 + max_elements_bits - log2_of(min_block_elements);
}

unsigned extensible_array::super_blocks_in_index() const noexcept
{
    return 2 * log2_of(min_block_pointers);
}

std::uint64_t extensible_array::data_blocks_of(unsigned super_block) const noexcept
{
    return std::uint64_t{1} << super_block / 2;
}

std::uint64_t extensible_array::elements_of(unsigned super_block) const noexcept
{
    return std::uint64_t{min_block_elements} << (super_block + 1) / 2;
}

std::uint64_t extensible_array::first_element_of(unsigned super_block) const noexcept
{
    auto const blocks_before = (std::uint64_t{1} << super_block) - 1;
    return index_elements + blocks_before * min_block_elements;
}

std::uint64_t extensible_array::data_blocks_in_index() const noexcept
{
    return 2 * (std::uint64_t{min_block_pointers} - 1);
}

std::uint64_t extensible_array::super_blocks_addressed() const noexcept
{
    return super_block_count() - super_blocks_in_index();
}

std::uint64_t extensible_array::index_block_size(file_sizes sizes) const noexcept
{
    auto const addresses = data_blocks_in_index() + super_blocks_addressed();
    return array_block_prefix_size(sizes) + index_elements * format.size(sizes) +
           addresses * sizes.offsets + checksum_size;
}

std::uint64_t
extensible_array::super_block_size(unsigned super_block, file_sizes sizes) const noexcept
{
    auto const per_block = divide_up(pages_of(*this, super_block), 8) + sizes.offsets;
    return array_block_prefix_size(sizes) + offset_width() +
           data_blocks_of(super_block) * per_block + checksum_size;
}

std::uint64_t
extensible_array::data_block_size(std::uint64_t elements, file_sizes sizes) const noexcept
{
    auto const content = paged(elements) ? 0 : elements * format.size(sizes);
    return array_block_prefix_size(sizes) + offset_width() + content + checksum_size;
}

std::uint64_t extensible_array::page_size(file_sizes sizes) const noexcept
{
    return page_elements() * format.size(sizes) + checksum_size;
}

result<extensible_array> decode_extensible_array(block_view b, file_sizes sizes)
{
    cursor c(b, "extensible array header");
    extensible_array out;
    out.filtered = read_array_client(c, "EAHD");
    auto const element_at = c.at();
    auto const element_size = c.u8();
    read_shape(c, out);
    c.skip(4u * sizes.lengths);  // how many super and data blocks there are, and their sizes
    out.max_index = sizes.read_length(c);
    c.skip(sizes.lengths);  // elements that have room
    out.index_block = sizes.read_address(c);
    expect_checksum(c, b);
    check_shape(c, out);
    if (!c.ok())
        return c.failure();
    auto const format =
        chunk_record_format::from_element_size(out.filtered, element_size, sizes, element_at);
    if (!format)
        return format.error();
    out.format = *format;
    return out;
}

result<extensible_array_index_block> decode_extensible_array_index_block(
    block_view b, extensible_array const& array, std::uint64_t header_address, file_sizes sizes
)
{
    cursor c(b, "extensible array index block");
    expect_array_block(c, "EAIB", array.filtered, header_address, sizes);
    extensible_array_index_block out;
    out.records = read_chunk_records(c, array.index_elements, array.format, sizes);
    out.data_blocks = read_addresses(c, array.data_blocks_in_index(), sizes);
    out.super_blocks = read_addresses(c, array.super_blocks_addressed(), sizes);
    expect_checksum(c, b);
    return c.finish(std::move(out));
}

result<extensible_array_super_block> decode_extensible_array_super_block(
    block_view b,
    extensible_array const& array,
    unsigned super_block,
    std::uint64_t header_address,
    file_sizes sizes
)
{
    cursor c(b, "extensible array super block");
    if (!c.require(super_block < array.super_block_count(), errc::bad_value, "number of the block"))
        return c.failure();
    expect_array_block(c, "EASB", array.filtered, header_address, sizes);
    auto const offset = c.uint(array.offset_width());
    c.require(
        offset + array.index_elements == array.first_element_of(super_block),
        errc::bad_value,
        "super block of another place"
    );
    extensible_array_super_block out;
    auto const data_blocks = array.data_blocks_of(super_block);
    auto const pages = pages_of(array, super_block);
    // Each block has whole bytes, yet libhdf5 counts bits through all blocks without a gap.
    out.pages = read_page_bits(c, data_blocks * divide_up(pages, 8), data_blocks * pages);
    out.data_blocks = read_addresses(c, data_blocks, sizes);
    expect_checksum(c, b);
    return c.finish(std::move(out));
}

result<std::vector<chunk_record>> decode_extensible_array_data_block(
    block_view b,
    extensible_array const& array,
    std::uint64_t elements,
    std::uint64_t header_address,
    file_sizes sizes
)
{
    cursor c(b, "extensible array data block");
    expect_array_block(c, "EADB", array.filtered, header_address, sizes);
    c.skip(array.offset_width());
    std::vector<chunk_record> out;
    if (!array.paged(elements))
        out = read_chunk_records(c, elements, array.format, sizes);
    expect_checksum(c, b);
    return c.finish(std::move(out));
}

result<std::vector<chunk_record>>
decode_extensible_array_page(block_view b, extensible_array const& array, file_sizes sizes)
{
    return decode_array_page(
        b, array.page_elements(), array.format, sizes, "extensible array data block page"
    );
}

}  // namespace lindi::hdf5
