#include "block_input.hpp"

#include <lindi/hdf5/chunk_index/extensible_array.hpp>

using namespace lindi;

// Input: a byte for the widths, the number of a super block, a header, a block that is taken for
// each kind of block.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size < 2)
        return 0;
    auto const [sizes, numbered] = fuzz::split(data, size);
    auto const input = fuzz::behind(numbered, 1);
    bytes kept;
    auto const array = fuzz::decode_repaired(input, kept, [&](block_view b) {
        return hdf5::decode_extensible_array(b, sizes);
    });
    if (!array)
        return 0;
    auto const rest = fuzz::behind(input, hdf5::extensible_array_header_size(sizes));
    auto const owner = fuzz::owner_of(rest, 6, sizes);
    auto const index = fuzz::decode_repaired(rest, kept, [&](block_view b) {
        return hdf5::decode_extensible_array_index_block(b, *array, owner, sizes);
    });
    if (index)
        fuzz::check(array->index_block_size(sizes) <= rest.size());

    unsigned const number = data[1] % array->super_block_count();
    auto const super = fuzz::decode_repaired(rest, kept, [&](block_view b) {
        return hdf5::decode_extensible_array_super_block(b, *array, number, owner, sizes);
    });
    if (super)
        fuzz::check(array->super_block_size(number, sizes) <= rest.size());
    auto const elements = array->elements_of(number);
    auto const records = fuzz::decode_repaired(rest, kept, [&](block_view b) {
        return hdf5::decode_extensible_array_data_block(b, *array, elements, owner, sizes);
    });
    if (records)
        fuzz::check(array->data_block_size(elements, sizes) <= rest.size());
    (void)fuzz::decode_repaired(rest, kept, [&](block_view b) {
        return hdf5::decode_extensible_array_page(b, *array, sizes);
    });
    return 0;
}
