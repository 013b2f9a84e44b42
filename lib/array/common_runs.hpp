/// \file
/// What a mapping of a virtual dataset and a part of that dataset have in common.

#pragma once

#include "selection_runs.hpp"

#include <lindi/array/hyperslab.hpp>

#include <functional>

namespace lindi::array {

/// Elements of a source and where they belong in the virtual dataset, in the same order.
struct element_pairs {
    std::vector<element_run> from;
    std::vector<element_run> to;
};

/// Neighbours in the source and in the part.
struct common_run {
    std::uint64_t from = 0;  ///< element of the source
    std::uint64_t to = 0;    ///< element of the part
    std::uint64_t count = 0;
};

/// Calls `take` for all elements of the pairs that a part has.
/// \param extents  of the virtual dataset
/// \param part     check_hyperslab accepted it
/// \return nothing; or errc::bad_value: the pairs are not as many on both sides
[[nodiscard]] result<void> for_each_common(
    element_pairs const& pairs,
    std::span<std::uint64_t const> extents,
    std::span<slice const> part,
    std::function<void(common_run)> const& take
);

/// The smallest box around elements of an array.
class bounding_box {
public:
    explicit bounding_box(std::span<std::uint64_t const> extents) : extents_(extents) {}

    /// \pre they are elements of the array
    void add(element_run run);
    /// One slice per dimension; nothing when there was nothing to add.
    hyperslab const& box() const noexcept { return box_; }
    bool empty() const noexcept { return empty_; }
    /// The place in the box of an element that was added. Neighbours of one run stay neighbours.
    std::uint64_t place_of(std::uint64_t element) const;

private:
    void add_point(std::span<std::uint64_t const> at);
    std::vector<std::uint64_t> place_in_array(std::uint64_t element) const;

    std::span<std::uint64_t const> extents_;
    hyperslab box_;
    bool empty_ = true;
};

}  // namespace lindi::array
