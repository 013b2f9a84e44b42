#include "environment.hpp"
#include "standard_streams.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <string>
#include <vector>

#include <unistd.h>

namespace {

using namespace lindi::tools;

struct subcommand {
    std::string_view name;
    std::string_view what;
    int (*run)(arguments, environment&);
};

constexpr std::array subcommands{
    subcommand{"index", "write the LINDI file of an HDF5 file", index_command},
    subcommand{"ls", "list groups and datasets with types, shapes, chunks and filters", ls_command},
    subcommand{"attrs", "list attributes with their values", attrs_command},
    subcommand{"read", "write the elements of a dataset, or of a part of it", read_command},
    subcommand{"bulk", "index many files: an archive, a list or a folder", bulk_command},
    subcommand{"cache", "look after what was kept of files behind URLs", cache_command},
    subcommand{"check", "find out whether all of a file can be read", check_command},
    subcommand{"diff", "compare two files by what is in them", diff_command},
    subcommand{"dump", "write everything that is known about a file as JSON", dump_command},
    subcommand{"amend", "begin a LINDI file that adds to another file", amend_command},
    subcommand{"create", "make an empty LINDI file", create_command},
    subcommand{"add", "add a dataset, or write into one; make a group", add_command},
    subcommand{"set", "set an attribute", set_command},
    subcommand{"cp", "copy an object within a LINDI file, or into one", cp_command},
    subcommand{"mv", "move an object", mv_command},
    subcommand{"ln", "make a soft link", ln_command},
    subcommand{"rm", "remove objects and attributes", rm_command},
    subcommand{
        "convert", "make a LINDI file out of another one, or of an HDF5 file", convert_command},
    subcommand{"pack", "rewrite a LINDI file without what nothing in it needs", pack_command},
};

void print_usage(std::ostream& to)
{
    to << "usage: lindi SUBCOMMAND [OPTIONS] FILE...\n\n";
    for (auto const& c : subcommands)
        to << "  " << c.name << std::string(8 - c.name.size(), ' ') << c.what << '\n';
    to << "\n  lindi SUBCOMMAND --help    options and examples of a subcommand\n"
          "  lindi --version\n\n"
          "Exit status: 0 fine, 1 usage, 2 cannot read or write, 3 done but parts could not be "
          "read.\n";
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
    auto const found = std::find_if(subcommands.begin(), subcommands.end(), [&](auto const& c) {
        return c.name == args[0];
    });
    if (found == subcommands.end()) {
        env.err << "lindi: no such subcommand: " << args[0] << "; see lindi --help\n";
        return exit_usage;
    }
    return found->run(args.subspan(1), env);
}

/// Bugs and memory running out must not look like a result.
int run_or_report(std::span<std::string const> args, environment& env)
{
    try {
        return run(args, env);
    } catch (std::bad_alloc const&) {
        env.err << "lindi: out of memory\n";
    } catch (std::exception const& bug) {
        env.err << "lindi: internal error: " << bug.what() << '\n';
    }
    return exit_failed;
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
    int status = run_or_report(args, env);
    out.flush();
    if (out.failure() != 0 && out.failure() != EPIPE) {
        err << "lindi: cannot write: " << std::generic_category().message(out.failure()) << '\n';
        status = exit_failed;
    }
    err.flush();
    if (status > exit_signal) {
        // so that the caller sees what ended us
        std::signal(status - exit_signal, SIG_DFL);
        std::raise(status - exit_signal);
    }
    return status;
}
