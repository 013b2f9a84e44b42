/// \file
/// Numbers as Python writes them: the shortest text that reads back as the same double.

#pragma once

#include <charconv>
#include <concepts>
#include <limits>
#include <string>

namespace lindi::zarr {

/// JSON has no token for these; Python's json has `NaN`, `Infinity`, `-Infinity`.
enum class non_finite {
    quoted,  ///< "NaN": attributes and fill values
    bare,    ///< NaN: inside json2 payloads, which Python reads
};

/// Appends the text of `value`: exponent form when the decimal exponent is below -4 or at least 16,
/// and always with a point or an exponent, so that readers make a float of it.
void append_float(std::string& out, double value, non_finite style = non_finite::quoted);

template <std::integral Number>
void append_integer(std::string& out, Number value)
{
    char digits[std::numeric_limits<Number>::digits10 + 3];
    auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

}  // namespace lindi::zarr
