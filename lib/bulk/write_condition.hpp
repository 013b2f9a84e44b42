/// \file
/// Conditional writes (RFC 9110, section 13): nobody's object is written over unseen.

#pragma once

#include <lindi/bulk/output.hpp>
#include <lindi/net/http_call.hpp>

namespace lindi::bulk {

/// If-Match with what was seen, or If-None-Match where nothing was.
void add_condition(net::headers& to, seen_output const& over);

/// Whether a write failed because something else than what was seen is there.
bool is_met_by_another(error const& why, seen_output const& over) noexcept;

/// The failure of a write in words that say what to do: std::errc::file_exists when another one
/// wrote, errc::unsupported when the store may not know conditions.
error condition_failure(error const& why, seen_output const& over, std::string const& url);

}  // namespace lindi::bulk
