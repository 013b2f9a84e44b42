/// \file
/// Parts of an array written as Python indexes them: `0:100, ::2, -1, ...`.

#pragma once

#include <lindi/array/hyperslab.hpp>

#include <string_view>

namespace lindi::array {

struct indexed_part {
    hyperslab part;                    ///< one slice per dimension of the array
    std::vector<std::uint64_t> shape;  ///< of the result: dimensions indexed by a number are gone
};

/// What `array[text]` selects, with numpy's meaning: slices are cut at the ends, negative numbers
/// count from the end, `...` stands for the dimensions that are not named, and so does the end of
/// the text. Steps must be positive, as for HDF5.
/// \param text     between the brackets; nothing selects all
/// \param extents  of the array
/// \return the part; or errc::bad_value: not an index, a number out of range, too many of them
[[nodiscard]] result<indexed_part>
parse_index(std::string_view text, std::span<std::uint64_t const> extents);

}  // namespace lindi::array
