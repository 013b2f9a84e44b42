/// \file
/// Elements as JSON for programs.

#pragma once

#include <lindi/api/convert.hpp>

#include <string>

namespace lindi {

/// Appends one element. Numbers are numbers (infinities and NaN as in Zarr v2: "Infinity",
/// "-Infinity", "NaN"; integers over 8 bytes, floats over 16 and bits without a number {"hex":
/// ...}, little-endian), FALSE and TRUE booleans, other enumerations the names of their values,
/// texts strings (bytes that are no UTF-8 as lone surrogates, as Python's surrogateescape),
/// compounds objects, arrays, complex numbers and sequences lists, references paths; null where
/// nothing was written. \param element  one \return nothing; or why it cannot be decoded: half a
/// value is then appended
[[nodiscard]] result<void> append_json(std::string& out, elements_view element);

/// An array as lists in lists, as many deep as there are dimensions; a line for each step of the
/// first when there are more. One element without dimensions stands for itself, and an array
/// without elements is one empty list.
class nested_json {
public:
    explicit nested_json(std::span<std::uint64_t const> shape);

    /// Appends the next elements, with the brackets around them.
    /// \return as append_json
    [[nodiscard]] result<void> append(std::string& out, elements_view elements);
    /// The text of an array without elements; nothing for others.
    std::string_view when_empty() const noexcept { return empty_ ? "[]" : ""; }

private:
    void close_lists(std::string& out) const;

    std::vector<std::uint64_t> below_;  ///< elements of a list of each level, outermost first
    std::uint64_t written_ = 0;
    bool empty_ = false;
};

}  // namespace lindi
