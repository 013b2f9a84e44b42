#include "command_line.hpp"
#include "edit_file.hpp"

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi create";
constexpr char const* examples = R"(
The end of the name says what the file is: .tar a tar that also holds data, .d a directory, anything else one JSON
text. An older file stays as it is, unless --replace takes its place.

Examples:
  lindi create results.lindi.tar
  lindi create results.lindi.json /processing/spikes /intervals
)";

}  // namespace

int create_command(arguments args, environment& env)
{
    edit_options options;
    std::vector<std::string> groups;
    bool replace = false;
    command_line app("Makes an empty LINDI file, with groups if they are named.", command);
    app.value("FILE", options.file, "path of the new file").required().value_name("");
    app.value("GROUP", groups, "groups to be made in it").value_name("");
    app.flag("--replace", replace, "also where there is a file already");
    add_edit_options(app, options);
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    auto const mode = replace ? edit::open_mode::create : edit::open_mode::create_new;
    return with_edited_file(command, options, env, mode, [&](edited_file& to) -> result<void> {
        to.done.push_back("create " + options.file);
        for (auto const& path : groups) {
            auto const made = to.file.root().require_group(path);
            if (!made)
                return made.error();
            to.done.push_back("make group " + made->path());
        }
        return {};
    });
}

}  // namespace lindi::tools
