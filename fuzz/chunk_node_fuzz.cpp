#include "block_input.hpp"

#include <lindi/hdf5/chunk_node.hpp>

using namespace lindi;

// Input: a byte for the widths, the rank, then a node.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size < 2)
        return 0;
    auto const [sizes, input] = fuzz::split(data, size);
    std::size_t const rank = data[1] % 33;
    auto const node = hdf5::decode_chunk_node(fuzz::behind(input, 1), sizes, rank);
    if (node)
        fuzz::check(node->origins.size() == node->entries.size() * rank);
    return 0;
}
