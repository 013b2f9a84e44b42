#include <lindi/core/checked.hpp>
#include <lindi/hdf5/message/dataspace.hpp>
#include <lindi/hdf5/selection.hpp>

#include <algorithm>

namespace lindi::hdf5 {
namespace {

constexpr unsigned flag_regular = 0x01;

bool is_number_width(unsigned width)
{
    return width == 2 || width == 4 || width == 8;
}

/// What stands in front of the numbers of points and hyperslabs.
struct selection_header {
    bool regular = false;
    unsigned width = 4;  ///< bytes of the numbers
    std::size_t rank = 0;
};

selection_header finish_header(cursor& c, selection_header out)
{
    c.require(is_number_width(out.width), errc::bad_value, "width of the numbers");
    out.rank = c.u32();
    c.require(out.rank >= 1 && out.rank <= max_rank, errc::bad_value, "rank not 1 to 32");
    return out;
}

std::uint32_t read_version(cursor& c, std::uint32_t high)
{
    auto const version = c.u32();
    if (version < 1 || version > high)
        c.fail(errc::unsupported_version, "version " + std::to_string(version));
    return version;
}

selection_header read_points_header(cursor& c)
{
    selection_header out;
    if (read_version(c, 2) == 1)
        c.skip(8);  // reserved, length
    else
        out.width = c.u8();
    return finish_header(c, out);
}

selection_header read_hyperslab_header(cursor& c)
{
    selection_header out;
    auto const version = read_version(c, 3);
    if (version == 1) {
        c.skip(8);  // reserved, length
        return finish_header(c, out);
    }
    unsigned const flags = c.u8();
    c.require((flags & ~flag_regular) == 0, errc::bad_value, "reserved flags");
    out.regular = (flags & flag_regular) != 0;
    out.width = version == 3 ? c.u8() : 8;
    if (version == 2)
        c.skip(4);  // length
    return finish_header(c, out);
}

selection read_points(cursor& c)
{
    auto const header = read_points_header(c);
    auto const count = c.uint(header.width);
    selection out{.what = selection::kind::points, .rank = header.rank};
    if (!c.room_for(count, header.rank * header.width))
        return out;
    auto const numbers = static_cast<std::size_t>(count) * header.rank;
    out.points.reserve(numbers);
    for (std::size_t i = 0; i < numbers; ++i)
        out.points.push_back(c.uint(header.width));
    return out;
}

std::uint64_t read_count(cursor& c, unsigned width)
{
    auto const value = c.uint(width);
    return value == unlimited >> (64 - 8 * width) ? unlimited : value;
}

selection::slab read_slab(cursor& c, unsigned width)
{
    selection::slab out;
    out.start = c.uint(width);
    out.stride = c.uint(width);
    out.count = read_count(c, width);
    out.block = read_count(c, width);
    return out;
}

bool is_unlimited(selection::slab const& s)
{
    return s.count == unlimited || s.block == unlimited;
}

bool is_empty(selection::slab const& s)
{
    return s.count == 0 || s.block == 0;
}

/// Whether one past the last element is still a number.
bool fits(selection::slab const& s)
{
    if (is_unlimited(s) || is_empty(s))
        return true;
    auto const steps = checked_multiply(s.count - 1, s.stride);
    auto const last = steps ? checked_add(s.start, *steps) : steps;
    return last && checked_add(*last, s.block);
}

void check_slabs(cursor& c, std::vector<selection::slab> const& slabs)
{
    for (auto const& s : slabs) {
        c.require(s.count <= 1 || s.stride >= s.block, errc::bad_value, "blocks overlap");
        c.require(s.count != unlimited || s.stride != 0, errc::bad_value, "stride 0");
        c.require(
            s.count != unlimited || s.block != unlimited,
            errc::bad_value,
            "count and block both unlimited"
        );
        c.require(fits(s), errc::bad_value, "hyperslab beyond 2^64");
    }
    c.require(
        std::count_if(slabs.begin(), slabs.end(), is_unlimited) <= 1,
        errc::bad_value,
        "more than one unlimited dimension"
    );
}

selection read_regular_hyperslab(cursor& c, selection_header header)
{
    selection out{.what = selection::kind::hyperslab, .rank = header.rank};
    if (!c.room_for(header.rank, 4 * header.width))
        return out;
    for (std::size_t i = 0; i < header.rank; ++i)
        out.regular.push_back(read_slab(c, header.width));
    check_slabs(c, out.regular);
    if (std::any_of(out.regular.begin(), out.regular.end(), is_empty))
        return {};
    return out;
}

/// Reads the two corners of a block behind those already there.
void read_block(cursor& c, selection_header header, std::vector<std::uint64_t>& blocks)
{
    auto const first = blocks.size();
    for (std::size_t i = 0; i < 2 * header.rank; ++i)
        blocks.push_back(c.uint(header.width));
    for (std::size_t i = first; i < first + header.rank; ++i) {
        auto const end = blocks[i + header.rank];
        c.require(blocks[i] <= end && end != unlimited, errc::bad_value, "corners of a block");
    }
}

selection read_hyperslab(cursor& c)
{
    auto const header = read_hyperslab_header(c);
    if (header.regular)
        return read_regular_hyperslab(c, header);
    auto const count = c.uint(header.width);
    c.require(count != 0, errc::bad_value, "hyperslab without blocks");
    selection out{.what = selection::kind::hyperslab, .rank = header.rank};
    if (!c.room_for(count, 2 * header.rank * header.width))
        return out;
    out.blocks.reserve(static_cast<std::size_t>(count) * 2 * header.rank);
    for (std::uint64_t i = 0; i < count && c.ok(); ++i)
        read_block(c, header, out.blocks);
    return out;
}

selection read_without_numbers(cursor& c, selection::kind what)
{
    read_version(c, 1);
    c.skip(8);  // reserved, length
    return {.what = what};
}

}  // namespace

selection read_selection(cursor& c)
{
    switch (auto const type = c.u32(); type) {
    case 0:
        return read_without_numbers(c, selection::kind::none);
    case 1:
        return read_points(c);
    case 2:
        return read_hyperslab(c);
    case 3:
        return read_without_numbers(c, selection::kind::all);
    default:
        c.fail(errc::bad_value, "selection type " + std::to_string(type));
        return {};
    }
}

}  // namespace lindi::hdf5
