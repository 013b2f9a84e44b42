/// \file
/// Hyperslabs without an end in one dimension, as mappings of virtual datasets have them.
/// What libhdf5 makes of them is not in the specification: doc/hdf5-notes.md.

#pragma once

#include <lindi/hdf5/selection.hpp>

#include <optional>

namespace lindi::hdf5 {

/// The dimension in which a selection goes on for ever; none when it ends.
[[nodiscard]] std::optional<std::size_t> unlimited_dimension(selection const& s);

/// How many places of its dimension a slab selects below `extent`.
/// \pre count or block is unlimited; stride is not 0 when it is the count
[[nodiscard]] std::uint64_t places_below(selection::slab const& s, std::uint64_t extent);

/// The smallest extent below which a slab selects so many places; 0 for none.
/// \pre as above
/// \return the extent, or none when it does not fit 64 bits
[[nodiscard]] std::optional<std::uint64_t>
extent_for(selection::slab const& s, std::uint64_t places);

}  // namespace lindi::hdf5
