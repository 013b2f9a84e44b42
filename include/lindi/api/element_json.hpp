/// \file
/// Elements as JSON for programs.

#pragma once

#include <lindi/api/convert.hpp>

#include <string>

namespace lindi {

/// Appends one element. Numbers are numbers (infinities and NaN as in Zarr v2: "Infinity",
/// "-Infinity", "NaN"; integers over 8 bytes and bits without a number {"hex": ...},
/// little-endian), FALSE and TRUE booleans, other enumerations the names of their values, texts
/// strings (bytes that are no UTF-8 as lone surrogates, as Python's surrogateescape), compounds
/// objects, arrays, complex numbers and sequences lists, references paths; null where nothing was
/// written. \param element  one \return nothing; or why it cannot be decoded: half a value is then
/// appended
[[nodiscard]] result<void> append_json(std::string& out, elements_view element);

}  // namespace lindi
