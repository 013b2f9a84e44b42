/// \file
/// Names and values of a file as text that is safe to print: a file may not move the cursor or fake
/// a line.

#pragma once

#include <string>
#include <string_view>

namespace lindi::tools {

/// On one line, reversibly: control characters and bytes that are not UTF-8 as \n, \t or \xHH, a
/// backslash as \\.
std::string printable(std::string_view text);
/// As above between double quotes; a double quote inside as \".
std::string in_quotes(std::string_view text);
/// For messages, whose words are ours: as `printable`, backslashes stay.
std::string one_line(std::string_view text);

}  // namespace lindi::tools
