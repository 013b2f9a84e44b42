#include <lindi/core/cursor.hpp>
#include <lindi/node/sequence.hpp>

namespace lindi::node {

result<sequence>
find_sequence(graph const& g, hdf5::datatype const& type, std::span<std::byte const> element)
{
    cursor c({element, error::nowhere}, "variable-length element");
    sequence out;
    out.count = c.u32();
    auto const id = hdf5::read_global_heap_id(c, g.file.superblock.sizes);
    if (!c.ok())
        return c.failure();
    out.null = id.collection == 0 || id.collection == hdf5::undefined_address;
    if (out.null || out.count == 0) {
        out.count = 0;
        return out;
    }
    auto const found = g.heap.find(id);
    if (!found)
        return found.error();
    // 32 bits each: the product fits
    auto const size = out.count * (type.is_variable_string ? 1 : type.base->size);
    if (size > found->size())
        return error(
            errc::truncated, found->at, "global heap object", "shorter than its element says"
        );
    out.elements = found->sub(0, static_cast<std::size_t>(size)).bytes;
    return out;
}

}  // namespace lindi::node
