#include <lindi/hdf5/file_sizes.hpp>

namespace lindi::hdf5 {

namespace {

std::uint64_t read_widening_all_ones(cursor& c, unsigned width)
{
    auto const value = c.uint(width);
    auto const all_ones = width >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << 8 * width) - 1;
    return value == all_ones ? ~std::uint64_t{0} : value;
}

}  // namespace

std::uint64_t file_sizes::read_address(cursor& c) const
{
    return read_widening_all_ones(c, offsets);
}

std::uint64_t file_sizes::read_unlimited_length(cursor& c) const
{
    return read_widening_all_ones(c, lengths);
}

}  // namespace lindi::hdf5
