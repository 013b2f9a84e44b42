/// \file
/// The command line of a subcommand: which options it has, and reading them. CLI11 does the work
/// behind it; its headers take seconds to compile, so that only one source includes them.

#pragma once

#include "environment.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace lindi::tools {

/// A named option or a positional argument, for what else is to be said of it. Valid as long as the
/// command line.
class option {
public:
    explicit option(CLI::Option& known) : known_(&known) {}

    option required() const;
    /// What --help shows in the place of the value; empty: nothing.
    option value_name(std::string name) const;
    option one_of(std::vector<std::string> values) const;
    option in_range(std::uint64_t least, std::uint64_t most) const;
    /// \param what_is_wrong  with a value; empty: nothing
    option checked(std::function<std::string(std::string const&)> what_is_wrong) const;
    option excludes(option other) const;
    /// Each use of the option has one value: what follows is no further one.
    option one_value_each() const;

private:
    CLI::Option* known_;
};

/// The variables that options are bound to outlive it.
class command_line {
public:
    command_line(std::string does, std::string_view name);

    /// A value: of the option `names` ("-o,--output"), or of a positional argument ("FILE").
    option value(std::string const& names, std::string& to, std::string help);
    option value(std::string const& names, int& to, std::string help);
    option value(std::string const& names, unsigned& to, std::string help);
    option value(std::string const& names, std::uint64_t& to, std::string help);
    /// Any number of values.
    option value(std::string const& names, std::vector<std::string>& to, std::string help);
    option flag(std::string const& name, bool& to, std::string help);
    /// --name and --name=VALUE; without a value it is that in the name's braces ("--stats{text}").
    option flag(std::string const& name, std::string& to, std::string help);

    /// One subcommand is needed then; options of `this` may stand behind it.
    command_line subcommand(std::string const& name, std::string what);
    bool has(std::string const& subcommand) const;

    /// What --help ends with.
    void footer(std::string text);

    /// Fills the variables that the options are bound to.
    /// \return nothing to go on; or the exit code, after help or what is wrong was printed
    std::optional<int> read(arguments args, environment& env);

private:
    explicit command_line(std::shared_ptr<CLI::App> app) : app_(std::move(app)) {}

    std::shared_ptr<CLI::App> app_;
};

}  // namespace lindi::tools
