/// \file
/// What subcommands that look into one file have in common.

#pragma once

#include "command_line.hpp"
#include "open_file.hpp"
#include "read_report.hpp"
#include "remote_options.hpp"

#include <functional>

namespace lindi::tools {

struct file_options {
    std::string file{};  ///< path or URL
    open::follow_options others{};
    remote_options remote{};
    report_options report{};
};

/// Adds FILE and the options that go with it.
void add_file_options(command_line& app, file_options& o);

/// Opens a file, reads its structure, does something with it and reports what was read. Says on
/// env.err, in one line, why the file cannot be opened or read.
/// \param work  returns an exit code
/// \return that, or exit_failed
int with_file(
    std::string_view command,
    file_options const& o,
    environment& env,
    node::read_options options,
    std::function<int(open_file&)> const& work
);

}  // namespace lindi::tools
