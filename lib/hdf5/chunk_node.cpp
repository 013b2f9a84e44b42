#include <lindi/hdf5/chunk_node.hpp>

namespace lindi::hdf5 {
namespace {

chunk_entry
read_entry(cursor& c, file_sizes sizes, std::size_t rank, std::vector<std::uint64_t>& origins)
{
    chunk_entry out;
    out.size = c.u32();
    out.filter_mask = c.u32();
    for (std::size_t i = 0; i < rank; ++i)
        origins.push_back(c.u64());
    c.require(c.u64() == 0, errc::bad_value, "a chunk that starts inside an element");
    out.child = sizes.read_address(c);
    c.require(out.child != undefined_address, errc::bad_value, "undefined child address");
    return out;
}

}  // namespace

result<chunk_node> decode_chunk_node(block_view b, file_sizes sizes, std::size_t rank)
{
    cursor c(b, "chunk B-tree node");
    c.expect_signature("TREE");
    c.require(c.u8() == 1, errc::bad_value, "not a node of chunks");
    chunk_node out;
    out.level = c.u8();
    auto const count = c.u16();
    c.skip(2u * sizes.offsets);  // siblings: the walk goes down, not across
    auto const key_size = 8 + 8 * (rank + 1);
    if (!c.room_for(count, key_size + sizes.offsets))
        return c.failure();
    out.entries.reserve(count);
    out.origins.reserve(count * rank);
    for (unsigned i = 0; i < count && c.ok(); ++i)
        out.entries.push_back(read_entry(c, sizes, rank, out.origins));
    c.skip(key_size);  // behind the last child; only inserting needs it
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
