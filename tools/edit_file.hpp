/// \file
/// What subcommands that change a LINDI file have in common.

#pragma once

#include "command_line.hpp"
#include "environment.hpp"
#include "remote_options.hpp"

#include <lindi/edit/file.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace lindi::tools {

struct edit_options {
    std::string file{};
    bool dry_run = false;
    remote_options remote{};
};

/// Adds --dry-run and the options for files that references lead to.
void add_edit_options(command_line& app, edit_options& o);

/// A file that is open for changes, and what to tell about them.
struct edited_file {
    edit::file file;
    bool dry_run;
    std::vector<std::string> done{};  ///< a line each, for --dry-run: "remove /x"
};

/// Opens a file, changes it and writes it; --dry-run does all but the writing. Says on env.err, in
/// one line, what went wrong: then the file is as it was.
/// \param command  a literal
/// \return exit_ok, exit_failed, or exit_signal and the number of a signal
int with_edited_file(
    char const* command,
    edit_options const& o,
    environment& env,
    edit::open_mode mode,
    std::function<result<void>(edited_file&)> const& change
);

/// "/path@name": an attribute; without "@" the object itself.
struct attribute_place {
    std::string path;
    std::optional<std::string> name;
};
attribute_place split_attribute(std::string const& text);

}  // namespace lindi::tools
