/// \file
/// Reading the arguments of a subcommand.

#pragma once

#include "environment.hpp"

#include <CLI/CLI.hpp>

#include <optional>

namespace lindi::tools {

/// Fills the variables that the options of `app` are bound to.
/// \return nothing to go on; or the exit code, after help or what is wrong was printed
std::optional<int> read_arguments(CLI::App& app, arguments args, environment& env);

}  // namespace lindi::tools
