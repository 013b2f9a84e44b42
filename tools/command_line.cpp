#include "command_line.hpp"

#include "printable.hpp"

#include <algorithm>

namespace lindi::tools {

std::optional<int> read_arguments(CLI::App& app, arguments args, environment& env)
{
    std::vector<std::string> reversed(args.rbegin(), args.rend());
    try {
        app.parse(reversed);
        return std::nullopt;
    } catch (CLI::CallForHelp const&) {
        env.out << app.help();
        return exit_ok;
    } catch (CLI::ParseError const& wrong) {
        env.err << app.get_name() << ": " << one_line(wrong.what()) << "; see " << app.get_name()
                << " --help\n";
        return exit_usage;
    }
}

void add_follow_options(CLI::App& app, open::follow_options& to)
{
    app.add_flag(
        "--follow-files",
        to.follow,
        "opens files that FILE names and that are in its folder: members, sources, raw data"
    );
    app.add_option(
           "--members",
           to.members,
           "as above; names of a family's members (x%05d.h5), or what %s stands for in those of a "
           "split or multi file"
    )
        ->type_name("NAME");
}

}  // namespace lindi::tools
