#include "block_input.hpp"

#include <lindi/hdf5/global_heap.hpp>

using namespace lindi;

// Input: a byte for the widths, then a collection.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const [sizes, input] = fuzz::split(data, size);
    bytes const kept(input.bytes.begin(), input.bytes.end());
    auto const objects = hdf5::decode_collection({kept, input.at}, sizes);
    if (!objects)
        return 0;
    fuzz::check(hdf5::decode_collection_size({kept, input.at}, sizes).value() <= kept.size());
    for (auto const& object : *objects) {
        fuzz::check(object.index != 0);
        fuzz::check_inside(object.data, kept);
    }
    return 0;
}
