/// \file
/// The options of subcommands that may open files beside theirs.

#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace lindi::tools {

/// Whether the file is the only one that is opened.
struct follow_options {
    /// Other files in its folder may be: members, external raw data, sources of virtual datasets.
    bool follow = false;
    std::string members{};  ///< how the members are named: see node::join_members

    bool any() const noexcept { return follow || !members.empty(); }
};

/// Adds --follow-files and --members.
void add_follow_options(CLI::App& app, follow_options& o);

}  // namespace lindi::tools
