#include "environment.hpp"
#include "standard_streams.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

using namespace lindi::tools;

struct subcommand {
    std::string_view name;
    std::string_view what;
    int (*run)(arguments, environment&);
};

constexpr std::array subcommands{
    subcommand{"ls", "list groups and datasets with types, shapes, chunks and filters", ls_command},
    subcommand{"attrs", "list attributes with their values", attrs_command},
    subcommand{"dump", "write everything that is known about a file as JSON", dump_command},
};

void print_usage(std::ostream& to)
{
    to << "usage: lindi SUBCOMMAND [OPTIONS] FILE...\n\n";
    for (auto const& c : subcommands)
        to << "  " << c.name << std::string(8 - c.name.size(), ' ') << c.what << '\n';
    to << "\n  lindi SUBCOMMAND --help    options and examples of a subcommand\n"
          "  lindi --version\n\n"
          "Exit status: 0 fine, 1 usage, 2 cannot read or write, 3 done but parts could not be read.\n";
}

int run(std::span<std::string const> args, environment& env)
{
    if (args.empty()) {
        print_usage(env.err);
        return exit_usage;
    }
    if (args[0] == "--help" || args[0] == "-h" || args[0] == "help") {
        print_usage(env.out);
        return exit_ok;
    }
    if (args[0] == "--version") {
        env.out << "lindi " LINDI_VERSION "\n";
        return exit_ok;
    }
    auto const found = std::find_if(
        subcommands.begin(), subcommands.end(), [&](auto const& c) { return c.name == args[0]; }
    );
    if (found == subcommands.end()) {
        env.err << "lindi: no such subcommand: " << args[0] << "; see lindi --help\n";
        return exit_usage;
    }
    return found->run(args.subspan(1), env);
}

}  // namespace

int main(int argc, char** argv)
{
    // A reader that went away (`| head`) shows as a failed write instead, and files get tidied up.
    std::signal(SIGPIPE, SIG_IGN);
    descriptor_stream out(STDOUT_FILENO);
    descriptor_stream err(STDERR_FILENO);
    environment env{out, err, isatty(STDERR_FILENO) == 1};
    std::vector<std::string> const args(argv + 1, argv + std::max(argc, 1));
    int status = run(args, env);
    out.flush();
    if (out.failure() != 0 && out.failure() != EPIPE) {
        err << "lindi: cannot write: " << std::generic_category().message(out.failure()) << '\n';
        status = exit_failed;
    }
    err.flush();
    return status;
}
