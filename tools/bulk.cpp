#include "bulk_options.hpp"
#include "printable.hpp"

#include <algorithm>
#include <array>

namespace lindi::tools {
namespace {

struct action {
    std::string_view name;
    std::string_view what;
    int (*run)(arguments, environment&);
};

constexpr std::array actions{
    action{"run", "index what has no index yet", bulk_run_command},
    action{"plan", "list the source, and say what run would do", bulk_plan_command},
    action{"retry", "index what failed", bulk_retry_command},
    action{"status", "say how far a job has come, and what failed", bulk_status_command},
    action{"report", "write that as a web page with pictures", bulk_report_command},
    action{"verify", "look at every output", bulk_verify_command},
    action{"merge", "join the journals of shards", bulk_merge_command},
};

void print_usage(std::ostream& to)
{
    to << "usage: lindi bulk ACTION -o OUT [OPTIONS]\n\n"
          "Indexes all files of a DANDI archive, of a list or of a folder.\n\n";
    for (auto const& one : actions)
        to << "  " << one.name << std::string(8 - one.name.size(), ' ') << one.what << '\n';
    to << "\n  lindi bulk ACTION --help    options and examples\n\n"
          "Example:\n  lindi bulk run --dandiset 000003 -o out\n";
}

}  // namespace

int bulk_command(arguments args, environment& env)
{
    if (args.empty()) {
        print_usage(env.err);
        return exit_usage;
    }
    if (args[0] == "--help" || args[0] == "-h") {
        print_usage(env.out);
        return exit_ok;
    }
    auto const found = std::find_if(actions.begin(), actions.end(), [&](action const& one) {
        return one.name == args[0];
    });
    if (found == actions.end()) {
        env.err << "lindi bulk: no such action: " << one_line(args[0])
                << "; see lindi bulk --help\n";
        return exit_usage;
    }
    return found->run(args.subspan(1), env);
}

}  // namespace lindi::tools
