/// \file
/// The box around a selection.

#pragma once

#include <lindi/hdf5/selection.hpp>

#include <optional>

namespace lindi::hdf5 {

/// Of a box; both elements are inside. One number for each dimension.
struct corners {
    std::vector<std::uint64_t> first;
    std::vector<std::uint64_t> last;
};

/// Last place of a slab; none when it goes on for ever, is empty, or passes 64 bits.
[[nodiscard]] std::optional<std::uint64_t> last_place(selection::slab const& s);

/// First and last element in each dimension; none for none and all. All ones: no end.
[[nodiscard]] std::optional<corners> bounds_of(selection const& s);

}  // namespace lindi::hdf5
