#include <lindi/hdf5/btree_v1.hpp>

namespace lindi::hdf5 {

result<group_node> decode_group_node(block_view b, file_sizes sizes)
{
    cursor c(b, "group B-tree node");
    c.expect_signature("TREE");
    c.require(c.u8() == 0, errc::bad_value, "not a node of groups");
    group_node out;
    out.level = c.u8();
    auto const count = c.u16();
    c.skip(2u * sizes.offsets);  // siblings: the walk goes down, not across
    c.skip(sizes.lengths);       // the least key
    if (!c.room_for(count, sizes.offsets + sizes.lengths))
        return c.failure();
    out.children.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        out.children.push_back(sizes.read_address(c));
        c.require(
            out.children.back() != undefined_address, errc::bad_value, "undefined child address"
        );
        c.skip(sizes.lengths);
    }
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
