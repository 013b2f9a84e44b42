#include <lindi/hdf5/message/filter_pipeline.hpp>

namespace lindi::hdf5 {
namespace {

constexpr unsigned max_filters = 32;
/// Filters below are HDF5's own: version 2 stores no names for them.
constexpr unsigned first_registered_id = 256;

std::string read_name(cursor& c, std::uint16_t size)
{
    auto const text = as_text(c.take(size).bytes);
    return std::string(text.substr(0, text.find('\0')));
}

std::vector<std::uint32_t> read_client_data(cursor& c, std::uint16_t count)
{
    std::vector<std::uint32_t> out;
    if (!c.room_for(count, 4))
        return out;
    out.reserve(count);
    for (unsigned i = 0; i < count; ++i)
        out.push_back(c.u32());
    return out;
}

filter read_filter(cursor& c, unsigned version)
{
    filter out;
    out.id = c.u16();
    bool const has_name = version == 1 || out.id >= first_registered_id;
    auto const name_size = has_name ? c.u16() : std::uint16_t{0};
    c.require(version > 1 || name_size % 8 == 0, errc::bad_value, "name not padded to 8 bytes");
    out.flags = c.u16();
    auto const count = c.u16();
    out.name = read_name(c, name_size);
    out.client_data = read_client_data(c, count);
    if (version == 1 && count % 2 != 0)
        c.skip(4);
    return out;
}

}  // namespace

result<filter_pipeline> decode_filter_pipeline(block_view b)
{
    cursor c(b, "filter pipeline message");
    auto const version = c.expect_version(1, 2);
    auto const count = c.u8();
    c.require(count <= max_filters, errc::bad_value, "more than 32 filters");
    if (version == 1)
        c.skip(6);

    filter_pipeline out;
    while (c.ok() && out.filters.size() < count)
        out.filters.push_back(read_filter(c, version));
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
