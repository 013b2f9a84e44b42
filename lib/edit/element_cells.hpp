/// \file
/// What users write and read as elements of chunks.

#pragma once

#include "cells.hpp"
#include "json_values.hpp"
#include "number_items.hpp"

namespace lindi::edit {

/// \return the elements; or errc::bad_value: no type for texts, one that does not fit
result<cells> cells_of_texts(array_info const& of, std::vector<std::string> const& texts);

/// \param references  for objects that stand in `elements`
/// \return the elements; or errc::bad_value, errc::unsupported, with the number of the element
result<cells> cells_of_json(
    array_info const& of,
    std::vector<std::string> const& elements,
    reference_maker const& references
);

/// \return a JSON value each; or errc::unsupported
result<std::vector<std::string>> json_of_cells(array_info const& of, cells const& values);

/// Of the texts in rows: code points of the longest one, for each field; 0 for other fields.
std::vector<std::uint64_t> text_widths(element_type const& type, cells const& rows);

}  // namespace lindi::edit
