#include <lindi/hdf5/message/attribute_info.hpp>

namespace lindi::hdf5 {
namespace {

constexpr unsigned flag_tracks_order = 0x01;
constexpr unsigned flag_indexes_order = 0x02;

}  // namespace

result<attribute_info> decode_attribute_info(block_view b, file_sizes sizes)
{
    cursor c(b, "attribute info message");
    c.expect_version(0, 0);
    unsigned const flags = c.u8();
    c.require(
        (flags & ~(flag_tracks_order | flag_indexes_order)) == 0, errc::bad_value, "reserved flags"
    );

    attribute_info out;
    out.tracks_order = (flags & flag_tracks_order) != 0;
    out.indexes_order = (flags & flag_indexes_order) != 0;
    if (out.tracks_order)
        out.max_creation_index = c.u16();
    out.heap = sizes.read_address(c);
    out.name_index = sizes.read_address(c);
    if (out.indexes_order)
        out.order_index = sizes.read_address(c);
    return c.finish(out);
}

result<attribute_record> decode_attribute_record(block_view record, std::uint8_t type)
{
    cursor c(record, "attribute index record");
    c.require(type == 8 || type == 9, errc::bad_value, "not an index of attributes");
    attribute_record out;
    out.heap_id = c.take(8);
    out.message_flags = c.u8();
    out.creation_order = c.u32();
    if (type == 8)
        c.skip(4);  // hash of the name
    return c.finish(out);
}

}  // namespace lindi::hdf5
