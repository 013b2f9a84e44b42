/// \file
/// JSON that users give, checked and in the form that all readers of LINDI take.

#pragma once

#include <lindi/core/json_reader.hpp>
#include <lindi/edit/element_type.hpp>

#include <functional>
#include <string>

namespace lindi::edit {

/// Makes the full `{"_REFERENCE": ...}` of the object that a path leads to.
using reference_maker = std::function<result<std::string>(std::string const& path)>;

/// \return the value as .zattrs has it; or errc::bad_value, errc::unsupported, with what there is
///   no attribute for: nulls, lists of different kinds or uneven ones, lists of references,
///   integers over 64 bits (in lists over 2^63 - 1), the texts NaN and Infinity, which read as
///   numbers
result<std::string> attribute_json(std::string_view json, reference_maker const& references);

/// Appends an element of an object array. Fails as json_reader does when it is not of the type.
void take_object_value(
    std::string& out, json_reader& r, element_type const& type, reference_maker const& references
);

}  // namespace lindi::edit
