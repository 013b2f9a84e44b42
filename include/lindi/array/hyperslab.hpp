/// \file
/// Regular parts of an array: what a slice `[start:stop:step]` per dimension selects. Pure
/// arithmetic.

#pragma once

#include <lindi/core/error.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace lindi::array {

/// Elements start, start + step, ... of one dimension.
struct slice {
    std::uint64_t start = 0;
    std::uint64_t count = 0;
    std::uint64_t step = 1;  ///< at least 1

    /// One past the last element. \pre check_hyperslab accepted it, count != 0
    std::uint64_t end() const noexcept { return start + (count - 1) * step + 1; }
    friend bool operator==(slice const&, slice const&) = default;
};

/// One slice per dimension; none selects the one element of a scalar.
using hyperslab = std::vector<slice>;

/// Everything.
hyperslab whole(std::span<std::uint64_t const> extents);

/// \return nothing; or errc::bad_value: another rank, step 0, elements outside of `extents`
[[nodiscard]] result<void>
check_hyperslab(std::span<slice const> part, std::span<std::uint64_t const> extents);

/// Number of elements. \pre check_hyperslab accepted it
std::uint64_t element_count(std::span<slice const> part) noexcept;

/// What a part has in common with the box [origin, origin + shape), along one dimension.
struct overlap {
    std::uint64_t in_box = 0;   ///< first common element, counted from the box's origin
    std::uint64_t in_part = 0;  ///< its place among the part's elements
    std::uint64_t count = 0;    ///< 0: nothing in common
    std::uint64_t step = 1;     ///< in the box; 1 in the part
};

/// \pre check_hyperslab accepted the part
overlap overlap_of(slice part, std::uint64_t origin, std::uint64_t shape) noexcept;

/// Copies elements of a box to their places in a part.
/// \param common     one overlap per dimension, none of them empty
/// \param box        elements of the box, C order; at least up to the last common one
/// \param box_shape  extents of the box
/// \param part       elements of the part, C order
void copy_overlap(
    std::span<overlap const> common,
    std::span<std::byte const> box,
    std::span<std::uint64_t const> box_shape,
    std::span<std::byte> part,
    std::span<slice const> part_slices,
    std::size_t element_size
) noexcept;

}  // namespace lindi::array
