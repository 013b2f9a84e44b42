#include "block_input.hpp"

#include <lindi/hdf5/local_heap.hpp>

using namespace lindi;

// Input: a byte for the widths, a header, a data segment.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const [sizes, input] = fuzz::split(data, size);
    auto const heap = hdf5::decode_local_heap(input, sizes);
    auto const segment = fuzz::behind(input, hdf5::local_heap_size(sizes));
    if (heap)
        (void)hdf5::check_free_list(segment, *heap, sizes);
    auto const offset = heap ? heap->free_list : size / 2;
    auto const text = hdf5::local_heap_text(segment, offset);
    if (text)
        fuzz::check(offset + text->size() < segment.size());
    return 0;
}
