#include <lindi/hdf5/symbol_table.hpp>

namespace lindi::hdf5 {
namespace {

constexpr std::size_t scratch_size = 16;

symbol_table read_pair(cursor& c, file_sizes sizes)
{
    symbol_table out;
    out.btree = sizes.read_address(c);
    out.heap = sizes.read_address(c);
    return out;
}

}  // namespace

symbol_entry read_symbol_entry(cursor& c, file_sizes sizes)
{
    symbol_entry out;
    out.name_offset = sizes.read_length(c);
    out.header = sizes.read_address(c);
    out.cache_type = c.u32();
    c.require(out.cache_type <= 2, errc::bad_value, "unknown cache type");
    c.skip(4);
    auto const scratch = c.take(scratch_size);
    cursor s(scratch, c.structure());
    if (out.cache_type == 1)
        out.cached_group = read_pair(s, sizes);
    else if (out.cache_type == 2)
        out.soft_link_offset = s.u32();
    return out;
}

result<std::vector<symbol_entry>> decode_symbol_node(block_view b, file_sizes sizes)
{
    cursor c(b, "symbol table node");
    c.expect_signature("SNOD");
    c.expect_version(1, 1);
    c.skip(1);
    auto const count = c.u16();
    std::vector<symbol_entry> out;
    if (!c.room_for(count, symbol_entry_size(sizes)))
        return c.failure();
    out.reserve(count);
    for (unsigned i = 0; i < count && c.ok(); ++i)
        out.push_back(read_symbol_entry(c, sizes));
    return c.finish(std::move(out));
}

result<symbol_table> decode_symbol_table_message(block_view b, file_sizes sizes)
{
    cursor c(b, "symbol table message");
    auto const out = read_pair(c, sizes);
    return c.finish(out);
}

}  // namespace lindi::hdf5
