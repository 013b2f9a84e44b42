#include "block_input.hpp"

#include <lindi/hdf5/chunk_index/fixed_array.hpp>

using namespace lindi;

// Input: a byte for the widths, a header, a data block, a page.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const [sizes, input] = fuzz::split(data, size);
    bytes kept;
    auto const array = fuzz::decode_repaired(input, kept, [&](block_view b) {
        return hdf5::decode_fixed_array(b, sizes);
    });
    if (!array)
        return 0;
    auto const rest = fuzz::behind(input, hdf5::fixed_array_header_size(sizes));
    auto const owner = fuzz::owner_of(rest, 6, sizes);
    auto const block = fuzz::decode_repaired(rest, kept, [&](block_view b) {
        return hdf5::decode_fixed_array_block(b, *array, owner, sizes);
    });
    if (!block)
        return 0;
    auto const block_size = array->data_block_size(sizes);
    fuzz::check(block_size <= rest.size());
    fuzz::check(block->pages.size() == array->page_count());
    fuzz::check(block->records.size() == (array->paged() ? 0 : array->element_count));
    auto const page = fuzz::behind(rest, static_cast<std::size_t>(block_size));
    (void)fuzz::decode_repaired(page, kept, [&](block_view b) {
        return hdf5::decode_fixed_array_page(b, *array, array->page_elements(), sizes);
    });
    return 0;
}
