#include "array_block.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/hdf5/checksum.hpp>
#include <lindi/hdf5/chunk_index/fixed_array.hpp>

namespace lindi::hdf5 {
namespace {

constexpr std::uint64_t checksum_size = 4;

void check_sizes(cursor& c, fixed_array const& array)
{
    c.require(array.page_bits <= max_array_bits, errc::bad_value, "page size");
    c.require(
        array.element_count <= std::uint64_t{1} << max_array_bits,
        errc::bad_value,
        "number of elements"
    );
}

}  // namespace

bool fixed_array::paged() const noexcept
{
    return element_count > page_elements();
}

std::uint64_t fixed_array::page_count() const noexcept
{
    return paged() ? divide_up(element_count, page_elements()) : 0;
}

std::uint64_t fixed_array::page_size(file_sizes sizes) const noexcept
{
    return page_elements() * format.size(sizes) + checksum_size;
}

std::uint64_t fixed_array::data_block_size(file_sizes sizes) const noexcept
{
    auto const content = paged() ? divide_up(page_count(), 8) : element_count * format.size(sizes);
    return array_block_prefix_size(sizes) + content + checksum_size;
}

result<fixed_array> decode_fixed_array(block_view b, file_sizes sizes)
{
    cursor c(b, "fixed array header");
    fixed_array out;
    out.filtered = read_array_client(c, "FAHD");
    auto const element_at = c.at();
    auto const element_size = c.u8();
    out.page_bits = c.u8();
    out.element_count = sizes.read_length(c);
    out.data_block = sizes.read_address(c);
    expect_checksum(c, b);
    check_sizes(c, out);
    if (!c.ok())
        return c.failure();
    auto const format =
        chunk_record_format::from_element_size(out.filtered, element_size, sizes, element_at);
    if (!format)
        return format.error();
    out.format = *format;
    return out;
}

result<fixed_array_block> decode_fixed_array_block(
    block_view b, fixed_array const& array, std::uint64_t header_address, file_sizes sizes
)
{
    cursor c(b, "fixed array data block");
    expect_array_block(c, "FADB", array.filtered, header_address, sizes);
    fixed_array_block out;
    auto const pages = array.page_count();
    if (array.paged())
        out.pages = read_page_bits(c, divide_up(pages, 8), pages);
    else
        out.records = read_chunk_records(c, array.element_count, array.format, sizes);
    expect_checksum(c, b);
    return c.finish(std::move(out));
}

result<std::vector<chunk_record>> decode_fixed_array_page(
    block_view b, fixed_array const& array, std::uint64_t count, file_sizes sizes
)
{
    return decode_array_page(b, count, array.format, sizes, "fixed array data block page");
}

}  // namespace lindi::hdf5
