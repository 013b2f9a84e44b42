/// \file
/// Which elements of a dataset are read.

#pragma once

#include <lindi/array/hyperslab.hpp>

#include <string>
#include <utility>
#include <variant>

namespace lindi {

using array::hyperslab;
using array::slice;

/// Places in an array: one row of coordinates per point, all of the array's rank.
using point_list = std::vector<std::vector<std::uint64_t>>;

/// What to read: everything, regular slices, single points, or what Python writes in brackets.
class selection {
public:
    /// All elements.
    selection() = default;
    /// One slice per dimension; nothing for a scalar.
    selection(hyperslab part) : what_(std::move(part)) {}
    /// Elements at these places, in this order, as an array of one dimension.
    selection(point_list points) : what_(std::move(points)) {}

    /// Python's and numpy's index: "0:100, ::2, -1"; see array::parse_index.
    static selection index(std::string text)
    {
        selection out;
        out.what_ = std::move(text);
        return out;
    }

    std::variant<std::monostate, hyperslab, point_list, std::string> const& what() const noexcept
    {
        return what_;
    }

private:
    std::variant<std::monostate, hyperslab, point_list, std::string> what_;
};

}  // namespace lindi
