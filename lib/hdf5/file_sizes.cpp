#include <lindi/hdf5/file_sizes.hpp>

namespace lindi::hdf5 {

std::uint64_t file_sizes::read_address(cursor& c) const
{
    auto const value = c.uint(offsets);
    auto const all_ones = offsets >= 8 ? undefined_address : (std::uint64_t{1} << 8 * offsets) - 1;
    return value == all_ones ? undefined_address : value;
}

}  // namespace lindi::hdf5
