#include <lindi/hdf5/cache_image.hpp>
#include <lindi/hdf5/checksum.hpp>

namespace lindi::hdf5 {
namespace {

cache_image_entry read_entry(cursor& c, file_sizes sizes)
{
    cache_image_entry out;
    c.skip(4);  // type, flags, ring, age
    c.skip(4);  // flush dependency children, dirty ones
    auto const parents = c.u16();
    c.skip(4);  // rank in the cache's list
    out.address = sizes.read_address(c);
    auto const length = sizes.read_length(c);
    if (c.room_for(parents, sizes.offsets))
        c.skip(std::uint64_t{parents} * sizes.offsets);
    out.image = c.take(length);
    c.require(out.address != undefined_address, errc::bad_value, "a piece without an address");
    return out;
}

}  // namespace

result<std::vector<cache_image_entry>> decode_cache_image(block_view b, file_sizes sizes)
{
    cursor c(b, "metadata cache image");
    c.expect_signature("MDCI");
    c.expect_version(0, 0);
    c.skip(1);  // flags: nothing that matters to readers
    auto const length = sizes.read_length(c);
    c.require(length == b.size(), errc::bad_value, "length differs from the message's");
    auto const count = c.u32();
    std::vector<cache_image_entry> out;
    std::size_t const least = 14u + sizes.offsets + sizes.lengths;
    if (c.room_for(count, least))
        out.reserve(count);
    for (std::uint32_t i = 0; i < count && c.ok(); ++i)
        out.push_back(read_entry(c, sizes));
    expect_checksum(c, b);
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
