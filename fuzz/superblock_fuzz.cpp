#include "block_input.hpp"

#include <lindi/hdf5/superblock.hpp>

using namespace lindi;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    bytes kept;
    auto const s = fuzz::decode_repaired(fuzz::view_of(data, size), kept, hdf5::decode_superblock);
    if (s)
        fuzz::check(s->size <= hdf5::max_superblock_size && s->size <= size);
    return 0;
}
