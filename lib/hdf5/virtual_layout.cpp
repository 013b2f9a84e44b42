#include <lindi/hdf5/checksum.hpp>
#include <lindi/hdf5/virtual_layout.hpp>

namespace lindi::hdf5 {
namespace {

// Flags of an entry, since version 1: names need not be repeated.
constexpr unsigned file_is_shared = 0x01;
constexpr unsigned dataset_is_shared = 0x02;
constexpr unsigned same_file = 0x04;
constexpr unsigned known_flags = 0x07;

/// A flag or a NUL, a NUL, and two selections, of which no kind has less than 15 bytes.
constexpr std::size_t min_entry_size = 2 + 2 * 15;

using mappings = std::vector<virtual_mapping>;

shared_text read_text(cursor& c)
{
    return std::make_shared<std::string const>(c.c_string());
}

/// The mapping in front that has the name already.
virtual_mapping const* read_origin(cursor& c, mappings const& before, file_sizes sizes)
{
    auto const index = sizes.read_length(c);
    if (!c.require(index < before.size(), errc::bad_value, "name of a later mapping"))
        return nullptr;
    return &before[static_cast<std::size_t>(index)];
}

shared_text read_file(cursor& c, unsigned flags, mappings const& before, file_sizes sizes)
{
    if (flags & same_file)
        return std::make_shared<std::string const>(".");
    if ((flags & file_is_shared) == 0)
        return read_text(c);
    auto const* const origin = read_origin(c, before, sizes);
    return origin ? origin->source_file : nullptr;
}

shared_text read_dataset(cursor& c, unsigned flags, mappings const& before, file_sizes sizes)
{
    if ((flags & dataset_is_shared) == 0)
        return read_text(c);
    auto const* const origin = read_origin(c, before, sizes);
    return origin ? origin->source_dataset : nullptr;
}

virtual_mapping read_mapping(cursor& c, unsigned version, mappings const& before, file_sizes sizes)
{
    unsigned const flags = version == 0 ? 0 : c.u8();
    c.require((flags & ~known_flags) == 0, errc::bad_value, "reserved flags");
    virtual_mapping out;
    out.source_file = read_file(c, flags, before, sizes);
    out.source_dataset = read_dataset(c, flags, before, sizes);
    out.source = read_selection(c);
    out.target = read_selection(c);
    return out;
}

}  // namespace

result<mappings> decode_virtual_mappings(block_view b, file_sizes sizes)
{
    cursor c(b, "virtual dataset mappings");
    auto const version = c.expect_version(0, 1);
    auto const count = sizes.read_length(c);
    mappings out;
    if (!c.room_for(count, min_entry_size))
        return c.failure();
    while (c.ok() && out.size() < count)
        out.push_back(read_mapping(c, version, out, sizes));
    expect_checksum(c, b);
    c.require(c.remaining() == 0, errc::bad_value, "bytes behind the checksum");
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
