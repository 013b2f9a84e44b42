/// \file
/// The requests of a run as a waterfall, on one page of HTML that needs nothing else.

#pragma once

#include "read_log.hpp"
#include "read_summary.hpp"

namespace lindi::tools {

/// A row for each request: wave, offset, size, what it was for, and when it waited for a
/// connection, for the answer and for its body. Rows beyond a few ten thousand are left out.
/// \param name  of the file, UTF-8
std::string trace_page(std::string_view name, read_log const& log, read_summary const* summary);

}  // namespace lindi::tools
