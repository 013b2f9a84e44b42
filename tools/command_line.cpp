#include "command_line.hpp"

#include "printable.hpp"

#include <CLI/CLI.hpp>

namespace lindi::tools {

option option::required() const
{
    known_->required();
    return *this;
}

option option::value_name(std::string name) const
{
    known_->type_name(std::move(name));
    return *this;
}

option option::one_of(std::vector<std::string> values) const
{
    known_->check(CLI::IsMember(std::move(values)).description(""));
    return *this;
}

option option::in_range(std::uint64_t least, std::uint64_t most) const
{
    known_->check(CLI::Range(least, most));
    return *this;
}

option option::checked(std::function<std::string(std::string const&)> what_is_wrong) const
{
    known_->check(CLI::Validator(
        [test = std::move(what_is_wrong)](std::string& text) { return test(text); }, ""
    ));
    return *this;
}

option option::excludes(option other) const
{
    known_->excludes(other.known_);
    return *this;
}

option option::one_value_each() const
{
    known_->allow_extra_args(false);
    return *this;
}

command_line::command_line(std::string does, std::string_view name)
    : app_(std::make_shared<CLI::App>(std::move(does), std::string(name)))
{}

option command_line::value(std::string const& names, std::string& to, std::string help)
{
    return option(*app_->add_option(names, to, std::move(help)));
}

option command_line::value(std::string const& names, int& to, std::string help)
{
    return option(*app_->add_option(names, to, std::move(help)));
}

option command_line::value(std::string const& names, unsigned& to, std::string help)
{
    return option(*app_->add_option(names, to, std::move(help)));
}

option command_line::value(std::string const& names, std::uint64_t& to, std::string help)
{
    return option(*app_->add_option(names, to, std::move(help)));
}

option command_line::value(std::string const& names, std::vector<std::string>& to, std::string help)
{
    return option(*app_->add_option(names, to, std::move(help)));
}

option command_line::flag(std::string const& name, bool& to, std::string help)
{
    return option(*app_->add_flag(name, to, std::move(help)));
}

option command_line::flag(std::string const& name, std::string& to, std::string help)
{
    return option(*app_->add_flag(name, to, std::move(help)));
}

command_line command_line::subcommand(std::string const& name, std::string what)
{
    auto made = std::make_shared<CLI::App>(std::move(what), name);
    app_->add_subcommand(made);
    app_->require_subcommand(1);
    app_->fallthrough();
    return command_line(std::move(made));
}

bool command_line::has(std::string const& subcommand) const
{
    return app_->got_subcommand(subcommand);
}

void command_line::footer(std::string text)
{
    app_->footer(std::move(text));
}

std::optional<int> command_line::read(arguments args, environment& env)
{
    std::vector<std::string> reversed(args.rbegin(), args.rend());
    try {
        app_->parse(reversed);
        return std::nullopt;
    } catch (CLI::CallForHelp const&) {
        env.out << app_->help();
        return exit_ok;
    } catch (CLI::ParseError const& wrong) {
        env.err << app_->get_name() << ": " << one_line(wrong.what()) << "; see "
                << app_->get_name() << " --help\n";
        return exit_usage;
    }
}

}  // namespace lindi::tools
