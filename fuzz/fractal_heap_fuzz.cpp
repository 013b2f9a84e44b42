#include "block_input.hpp"

#include <lindi/hdf5/fractal_heap.hpp>

using namespace lindi;

namespace {

void check_children(hdf5::heap_indirect_block const& block, hdf5::fractal_heap const& heap)
{
    auto const space = std::uint64_t{1} << heap.max_heap_bits;
    for (auto const& child : block.children) {
        fuzz::check(child.block_size != 0 && child.block_size <= space);
        fuzz::check(child.heap_offset <= space - child.block_size);
        fuzz::check(child.rows < 64);
    }
}

}  // namespace

// Input: a byte for the widths, a header, a block that is taken for each kind of block and for an
// id.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const [sizes, input] = fuzz::split(data, size);
    auto const full_size = hdf5::fractal_heap_full_size(input, sizes);
    bytes kept;
    auto decoded = fuzz::decode_repaired(input, kept, [&](block_view b) {
        return hdf5::decode_fractal_heap(b, sizes, 0);
    });
    if (!decoded)
        return 0;
    auto heap = *std::move(decoded);
    fuzz::check(full_size.has_value());
    auto const rest = fuzz::behind(input, *full_size);
    heap.at = fuzz::owner_of(rest, 5, sizes);
    auto const block = fuzz::decode_repaired(rest, kept, [&](block_view b) {
        return hdf5::decode_indirect_block(b, heap, sizes, heap.root_rows);
    });
    if (block)
        check_children(*block, heap);
    (void)hdf5::decode_direct_block(rest, heap, sizes);
    auto const id = hdf5::decode_heap_id(rest, heap, sizes);
    if (id && id->what == hdf5::heap_id::kind::managed)
        fuzz::check(id->length != 0 && id->offset + id->length <= heap.managed_space);
    for (std::uint8_t type = 0; type < 6; ++type)
        (void)hdf5::decode_huge_object(rest, type, sizes);
    return 0;
}
