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

}  // namespace lindi::tools
