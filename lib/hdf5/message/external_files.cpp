#include <lindi/hdf5/message/external_files.hpp>

namespace lindi::hdf5 {
namespace {

external_slot read_slot(cursor& c, file_sizes sizes)
{
    external_slot out;
    out.name_offset = sizes.read_length(c);
    out.offset = sizes.read_length(c);
    out.size = sizes.read_unlimited_length(c);
    return out;
}

}  // namespace

result<external_files> decode_external_files(block_view b, file_sizes sizes)
{
    cursor c(b, "external file list message");
    c.expect_version(1, 1);
    c.skip(3);
    auto const allocated = c.u16();
    auto const used = c.u16();
    c.require(used <= allocated, errc::bad_value, "more slots used than there are");

    external_files out;
    out.heap = sizes.read_address(c);
    c.require(out.heap != undefined_address, errc::bad_value, "no heap for the names");
    if (!c.room_for(used, 3u * sizes.lengths))
        return c.failure();
    for (unsigned i = 0; i < used; ++i)
        out.slots.push_back(read_slot(c, sizes));
    return c.finish(out);
}

}  // namespace lindi::hdf5
