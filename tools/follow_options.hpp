/// \file
/// The options of subcommands that may open files beside theirs.

#pragma once

#include <lindi/open/open_tree.hpp>

#include <CLI/CLI.hpp>

namespace lindi::tools {

/// Adds --follow-files and --members.
void add_follow_options(CLI::App& app, open::follow_options& o);

}  // namespace lindi::tools
