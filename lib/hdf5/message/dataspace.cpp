#include <lindi/core/checked.hpp>
#include <lindi/hdf5/message/dataspace.hpp>

namespace lindi::hdf5 {
namespace {

// Bit 1, permuted dimensions, was never implemented: libhdf5 ignores it.
constexpr unsigned has_max_extents = 0x01;

dataspace::kind to_kind(cursor& c, unsigned version, unsigned type, unsigned rank)
{
    // "Simple" without dimensions is one element, as in libhdf5: a scalar.
    if (version == 1 || type == 1)
        return rank == 0 ? dataspace::kind::scalar : dataspace::kind::simple;
    c.require(type <= 2, errc::bad_value, "unknown kind of dataspace");
    c.require(rank == 0, errc::bad_value, "scalar or null with dimensions");
    return type == 0 ? dataspace::kind::scalar : dataspace::kind::null;
}

using read_number = std::uint64_t (file_sizes::*)(cursor&) const;

std::vector<std::uint64_t>
read_extents(cursor& c, unsigned rank, file_sizes sizes, read_number read)
{
    std::vector<std::uint64_t> out;
    if (!c.room_for(rank, sizes.lengths))
        return out;
    for (unsigned i = 0; i < rank; ++i)
        out.push_back((sizes.*read)(c));
    return out;
}

void check_extents(cursor& c, dataspace const& space)
{
    if (!c.ok())
        return;
    for (std::size_t i = 0; i < space.rank(); ++i)
        c.require(
            space.extents[i] <= space.max_extents[i], errc::bad_value, "extent above its maximum"
        );
    auto const count = checked_product(space.extents);
    c.require(count.has_value(), errc::bad_value, "more than 2^64 elements");
}

}  // namespace

std::uint64_t dataspace::element_count() const noexcept
{
    return what == kind::null ? 0 : checked_product(extents).value_or(0);
}

result<dataspace> decode_dataspace(block_view b, file_sizes sizes)
{
    cursor c(b, "dataspace message");
    auto const version = c.expect_version(1, 2);
    auto const rank = c.u8();
    auto const flags = c.u8();
    auto const type = c.u8();  // version 1: reserved
    if (version == 1)
        c.skip(4);
    c.require(rank <= max_rank, errc::bad_value, "more than 32 dimensions");

    dataspace out;
    out.what = to_kind(c, version, type, rank);
    out.extents = read_extents(c, rank, sizes, &file_sizes::read_length);
    out.max_extents = flags & has_max_extents
                          ? read_extents(c, rank, sizes, &file_sizes::read_unlimited_length)
                          : out.extents;
    check_extents(c, out);
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
