#include <lindi/hdf5/checksum.hpp>
#include <lindi/hdf5/shared_table.hpp>

namespace lindi::hdf5 {
namespace {

/// There are no more kinds of messages that can be shared.
constexpr unsigned max_indexes = 8;

shared_index read_index(cursor& c, file_sizes sizes)
{
    c.expect_version(0, 0);
    auto const type = c.u8();
    c.require(type <= 1, errc::bad_value, "neither list nor B-tree");
    shared_index out;
    out.is_list = type == 0;
    out.message_types = c.u16();
    out.min_message_size = c.u32();
    out.list_cutoff = c.u16();
    out.btree_cutoff = c.u16();
    out.message_count = c.u16();
    out.index = sizes.read_address(c);
    out.heap = sizes.read_address(c);
    return out;
}

}  // namespace

result<shared_table_message> decode_shared_table_message(block_view b, file_sizes sizes)
{
    cursor c(b, "shared message table message");
    c.expect_version(0, 0);
    shared_table_message out;
    out.table = sizes.read_address(c);
    out.index_count = c.u8();
    c.require(out.index_count <= max_indexes, errc::bad_value, "more than 8 indexes");
    return c.finish(out);
}

result<std::vector<shared_index>>
decode_shared_table(block_view b, file_sizes sizes, std::uint8_t index_count)
{
    cursor c(b, "shared message table");
    c.expect_signature("SMTB");
    std::vector<shared_index> out;
    while (c.ok() && out.size() < index_count)
        out.push_back(read_index(c, sizes));
    expect_checksum(c, b);
    return c.finish(out);
}

}  // namespace lindi::hdf5
