#include <lindi/core/checked.hpp>
#include <lindi/hdf5/growing_slab.hpp>

#include <algorithm>

namespace lindi::hdf5 {

std::optional<std::size_t> unlimited_dimension(selection const& s)
{
    for (std::size_t i = 0; i < s.regular.size(); ++i)
        if (s.regular[i].count == unlimited || s.regular[i].block == unlimited)
            return i;
    return std::nullopt;
}

std::uint64_t places_below(selection::slab const& s, std::uint64_t extent)
{
    if (extent <= s.start)
        return 0;
    auto const length = extent - s.start;
    if (s.block == unlimited)
        return length;
    return length / s.stride * s.block + std::min(length % s.stride, s.block);
}

std::optional<std::uint64_t> extent_for(selection::slab const& s, std::uint64_t places)
{
    if (places == 0)
        return 0;
    if (s.block == unlimited)
        return checked_add(s.start, places);
    if (s.block == 0)
        return std::nullopt;
    auto const last = (places - 1) / s.block;  // block that has the last place
    auto const before = checked_multiply(last, s.stride);
    auto const begin = before ? checked_add(s.start, *before) : std::nullopt;
    return begin ? checked_add(*begin, (places - 1) % s.block + 1) : std::nullopt;
}

}  // namespace lindi::hdf5
