#include "block_input.hpp"

#include <lindi/hdf5/btree_v2.hpp>

using namespace lindi;

// Input: a byte for the widths, a header, its root node.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const [sizes, input] = fuzz::split(data, size);
    bytes kept;
    auto const tree = fuzz::decode_repaired(input, kept, [&](block_view b) {
        return hdf5::decode_btree_v2(b, sizes);
    });
    if (!tree)
        return 0;
    auto const rest = fuzz::behind(input, hdf5::btree_v2_header_size(sizes));
    auto const node = fuzz::decode_repaired(rest, kept, [&](block_view b) {
        return hdf5::decode_btree_v2_node(b, *tree, tree->depth, tree->root_records, sizes);
    });
    if (!node)
        return 0;
    fuzz::check(node->records.size() == tree->root_records);
    fuzz::check(node->children.size() == (tree->depth == 0 ? 0u : tree->root_records + 1u));
    for (auto const& record : node->records)
        fuzz::check_inside(record, kept);
    return 0;
}
