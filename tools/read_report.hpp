/// \file
/// --stats and --trace: what reading a file took.

#pragma once

#include "command_line.hpp"
#include "open_file.hpp"
#include "read_summary.hpp"

#include <utility>
#include <vector>

namespace lindi::tools {

struct report_options {
    std::string stats{};  ///< empty, "text" or "json"
    std::string trace{};  ///< file for a page of HTML; empty: none

    /// Whether anything has to be logged.
    bool is_wanted() const noexcept { return !stats.empty() || !trace.empty(); }
};

/// Other counts of a command, by name.
using figures = std::vector<std::pair<char const*, std::uint64_t>>;

/// Adds --stats and --trace.
void add_report_options(command_line& app, report_options& o);

/// Writes what was asked for: figures to env.err, the page to its file.
/// \param from  null when the file could not be opened: there are no figures then
/// \return `status`; exit_failed when the page cannot be written
int report_reads(
    std::string_view command,
    report_options const& o,
    read_log const& log,
    open_file* from,
    environment& env,
    int status,
    figures const& others = {}
);

}  // namespace lindi::tools
