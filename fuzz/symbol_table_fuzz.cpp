#include "block_input.hpp"

#include <lindi/hdf5/symbol_table.hpp>

using namespace lindi;

// Input: a byte for the widths, then a node.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const [sizes, input] = fuzz::split(data, size);
    auto const entries = hdf5::decode_symbol_node(input, sizes);
    if (entries)
        fuzz::check(entries->size() * hdf5::symbol_entry_size(sizes) <= size);
    (void)hdf5::decode_symbol_table_message(input, sizes);
    return 0;
}
