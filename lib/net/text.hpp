/// \file
/// Small things about header text.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lindi::net {

std::string_view trim(std::string_view text) noexcept;
bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;
std::string to_lower(std::string_view text);
/// Decimal digits and nothing else.
std::optional<std::uint64_t> parse_number(std::string_view text) noexcept;
/// Cut to a line, other than ASCII replaced: text from servers that goes into messages.
std::string printable(std::string_view text);
/// Of a text that is meant to be a URL and cannot be taken apart: without what looks like user,
/// password and query.
std::string without_secrets(std::string_view text);
/// Seconds since 1970 of a date in UTC; nothing when a field is out of its range.
std::optional<std::int64_t> seconds_of(
    unsigned year, unsigned month, unsigned day, unsigned hour, unsigned minute, unsigned second
);

}  // namespace lindi::net
