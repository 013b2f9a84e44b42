/// \file
/// Tables as text: lines of fields between commas. RFC 4180.

#pragma once

#include <lindi/core/error.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace lindi::tools {

struct csv_table {
    std::uint64_t rows = 0;
    std::uint64_t columns = 0;
    bool all_whole = true;            ///< numbers: none with a point, an exponent, or no number
    std::vector<std::string> fields;  ///< row by row; numbers as JSON has them
};

/// \param texts  fields are texts, not numbers. Of numbers a first line without any is passed over,
///   and an empty field is NaN
/// \return the table; or errc::bad_value with the line: rows of different lengths, no numbers, an
///   open quote
[[nodiscard]] result<csv_table> read_csv(std::string_view text, bool texts);

}  // namespace lindi::tools
