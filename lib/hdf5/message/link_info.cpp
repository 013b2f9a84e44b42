#include <lindi/hdf5/message/link_info.hpp>

namespace lindi::hdf5 {
namespace {

constexpr unsigned flag_tracks_order = 0x01;
constexpr unsigned flag_indexes_order = 0x02;

}  // namespace

result<link_info> decode_link_info(block_view b, file_sizes sizes)
{
    cursor c(b, "link info message");
    c.expect_version(0, 0);
    unsigned const flags = c.u8();
    c.require(
        (flags & ~(flag_tracks_order | flag_indexes_order)) == 0, errc::bad_value, "reserved flags"
    );

    link_info out;
    out.tracks_order = (flags & flag_tracks_order) != 0;
    out.indexes_order = (flags & flag_indexes_order) != 0;
    if (out.tracks_order)
        out.max_creation_index = c.u64();
    c.require(out.max_creation_index >> 63 == 0, errc::bad_value, "negative creation index");
    out.heap = sizes.read_address(c);
    out.name_index = sizes.read_address(c);
    if (out.indexes_order)
        out.order_index = sizes.read_address(c);
    return c.finish(out);
}

result<block_view> decode_link_record(block_view record, std::uint8_t type)
{
    cursor c(record, "link index record");
    c.require(type == 5 || type == 6, errc::bad_value, "not an index of links");
    c.skip(type == 5 ? 4 : 8);  // hash of the name, creation order
    auto const heap_id = c.take(7);
    return c.finish(heap_id);
}

}  // namespace lindi::hdf5
