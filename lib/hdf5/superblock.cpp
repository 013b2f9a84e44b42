#include <lindi/hdf5/checksum.hpp>
#include <lindi/hdf5/superblock.hpp>
#include <lindi/hdf5/symbol_table.hpp>

namespace lindi::hdf5 {
namespace {

constexpr char const* name = "superblock";

bool is_width(std::uint8_t bytes)
{
    return bytes == 2 || bytes == 4 || bytes == 8;
}

/// The specification allows 16 and 32 as well; no writer of such files is known.
file_sizes read_sizes(cursor& c)
{
    file_sizes sizes;
    sizes.offsets = c.u8();
    sizes.lengths = c.u8();
    c.require(
        is_width(sizes.offsets), errc::unsupported, "size of offsets other than 2, 4 or 8 bytes"
    );
    c.require(
        is_width(sizes.lengths), errc::unsupported, "size of lengths other than 2, 4 or 8 bytes"
    );
    return sizes;
}

void read_root_entry(cursor& c, superblock& out)
{
    auto const root = read_symbol_entry(c, out.sizes);
    out.root_header = root.header;
    if (root.cache_type == 1)
        out.root_cache = root.cached_group;
}

void read_tree_sizes(cursor& c, superblock& out)
{
    out.group_leaf_k = c.u16();
    c.require(out.group_leaf_k != 0, errc::bad_value, "group leaf K is 0");
    out.group_internal_k = c.u16();
    c.require(out.group_internal_k != 0, errc::bad_value, "group internal K is 0");
}

/// Versions 0 and 1, from behind the version on.
superblock read_old(cursor& c, superblock out)
{
    c.expect_version(0, 0);  // of the free space storage
    c.expect_version(0, 0);  // of the root group's symbol table entry
    c.skip(1);
    c.expect_version(0, 0);  // of the shared header message format
    out.sizes = read_sizes(c);
    c.skip(1);
    read_tree_sizes(c, out);
    out.consistency_flags = c.u32();
    if (out.version == 1) {
        out.chunk_k = c.u16();
        c.require(out.chunk_k != 0, errc::bad_value, "indexed storage K is 0");
        c.skip(2);
    }
    if (!c.ok())
        return out;  // without sound widths, what follows means nothing
    out.base_address = out.sizes.read_address(c);
    c.skip(out.sizes.offsets);  // of the free space index, never written
    out.end_of_file = out.sizes.read_address(c);
    out.driver_info = out.sizes.read_address(c);
    read_root_entry(c, out);
    return out;
}

/// Versions 2 and 3, from behind the version on.
superblock read_new(cursor& c, superblock out, block_view from)
{
    out.sizes = read_sizes(c);
    out.consistency_flags = c.u8();
    if (!c.ok())
        return out;
    out.base_address = out.sizes.read_address(c);
    out.extension = out.sizes.read_address(c);
    out.end_of_file = out.sizes.read_address(c);
    out.root_header = out.sizes.read_address(c);
    expect_checksum(c, from);
    return out;
}

}  // namespace

result<superblock> decode_superblock(block_view b)
{
    if (!as_text(b.bytes).starts_with(format_signature))
        return error(errc::not_hdf5, b.at, name);
    cursor c(b, name);
    c.skip(format_signature.size());
    superblock out;
    out.version = c.expect_version(0, 3);
    out = out.version < 2 ? read_old(c, out) : read_new(c, out, b);
    c.require(out.base_address != undefined_address, errc::bad_value, "undefined base address");
    c.require(out.root_header != undefined_address, errc::bad_value, "no root group");
    out.size = c.position();
    return c.finish(out);
}

}  // namespace lindi::hdf5
