/// \file
/// The options of subcommands that may open files beside theirs.

#pragma once

#include "command_line.hpp"

#include <lindi/open/open_tree.hpp>

namespace lindi::tools {

/// Adds --follow-files and --members.
void add_follow_options(command_line& app, open::follow_options& o);

}  // namespace lindi::tools
