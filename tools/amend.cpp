#include "command_line.hpp"
#include "environment.hpp"
#include "remote_options.hpp"

#include <filesystem>

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi amend";
constexpr char const* examples = R"(
NEW has everything that BASE has, but the data of an HDF5 file, and of a file behind a URL, stay where they are: NEW
references them. What is then added to NEW or changed in it is stored in NEW alone. pynwb and Python lindi open it
for reading and writing, too.

Examples:
  lindi amend https://api.dandiarchive.org/api/assets/0bda7d93/download/ -o mine.lindi.tar
  lindi amend recording.nwb -o mine.lindi.tar
  lindi add mine.lindi.tar /processing/spikes/times times.npy
  lindi set mine.lindi.tar /processing/spikes@neurodata_type ProcessingModule
)";

}  // namespace

int amend_command(arguments args, environment& env)
{
    std::string base, output;
    bool dry_run = false;
    remote_options remote;
    command_line app("Begins a LINDI file that builds on another file and adds to it.", command);
    app.value("BASE", base, "LINDI or HDF5 file: path, or URL (http, https, s3)")
        .required()
        .value_name("");
    app.value("-o,--output", output, "the new file: .lindi.tar, .lindi.d or .lindi.json")
        .required()
        .value_name("NEW");
    app.flag("-n,--dry-run", dry_run, "say what would be copied, and write nothing");
    add_remote_options(app, remote);
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    // Work that was added to a file must not go because somebody begins it once more.
    std::error_code ignored;
    if (std::filesystem::exists(output, ignored)) {
        env.err << command << ": " << output << ": it is there already\n";
        return exit_failed;
    }
    std::vector<std::string> converted{base, output};
    if (dry_run)
        converted.push_back("--dry-run");
    if (!remote.cache.empty())
        converted.insert(converted.end(), {"--cache", remote.cache});
    for (auto const& [given, name] :
         {std::pair{remote.no_cache, "--no-cache"},
          std::pair{remote.offline, "--offline"},
          std::pair{remote.revalidate, "--revalidate"}})
        if (given)
            converted.emplace_back(name);
    return convert_command(converted, env);
}

}  // namespace lindi::tools
