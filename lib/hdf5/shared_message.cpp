#include <lindi/hdf5/shared_message.hpp>

#include <algorithm>

namespace lindi::hdf5 {
namespace {

constexpr unsigned in_heap = 1;
constexpr unsigned in_object_header = 2;

/// Where a symbol table entry stands for the object: the offset of its name means nothing here.
void skip_version_1_fields(cursor& c, file_sizes sizes)
{
    c.skip(6);
    c.skip(sizes.lengths);
}

void read_heap_id(cursor& c, shared_message& out)
{
    out.where = shared_message::place::heap;
    auto const id = c.take(out.heap_id.size()).bytes;
    std::copy(id.begin(), id.end(), out.heap_id.begin());
}

}  // namespace

result<shared_message> decode_shared_message(block_view b, file_sizes sizes)
{
    cursor c(b, "shared message");
    auto const version = c.expect_version(1, 3);
    auto const type = c.u8();
    if (version == 1)
        skip_version_1_fields(c, sizes);

    shared_message out;
    if (version < 3)
        c.require(type != in_heap, errc::unsupported, "shared in the global heap");
    else
        c.require(type == in_heap || type == in_object_header, errc::bad_value, "unknown place");
    if (version == 3 && type == in_heap)
        read_heap_id(c, out);
    else
        out.header = sizes.read_address(c);
    out.size = c.position();
    return c.finish(out);
}

}  // namespace lindi::hdf5
