#include "block_input.hpp"

#include <lindi/hdf5/btree_v1.hpp>

using namespace lindi;

// Input: a byte for the widths, then a node.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const [sizes, input] = fuzz::split(data, size);
    auto const node = hdf5::decode_group_node(input, sizes);
    if (node)
        for (auto const child : node->children)
            fuzz::check(child != hdf5::undefined_address);
    return 0;
}
