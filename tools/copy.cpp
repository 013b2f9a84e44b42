#include "command_line.hpp"
#include "copy_source.hpp"
#include "edit_file.hpp"
#include "output_file.hpp"
#include "printable.hpp"

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi cp";
constexpr char const* examples = R"(
A path in a file follows its name and a colon; it begins with a slash. Without one the whole of SRC is meant (DST
then needs the path of a new group), and of DST its root. Into a group that is there things are put under their own
name. What is in SRC itself is copied; data that it references elsewhere, and
those of an HDF5 file, stay where they are: DST references them. References to objects that DST does not have
become null, or are left out of attributes, and are listed (exit status 3).

Examples:
  lindi cp results.lindi.tar:/processing/spikes results.lindi.tar:/processing/spikes_2
  lindi cp other.lindi.tar:/intervals/trials results.lindi.tar:/intervals
  lindi cp https://example.org/recording.nwb:/acquisition/raw results.lindi.tar:/acquisition/raw
)";

struct place {
    std::string file;
    std::string path;  ///< empty: none was given
};

/// "file:/path". A URL has "://" in it, which is none.
place split_place(std::string const& text)
{
    auto at = text.rfind(":/");
    while (at != text.npos && at != 0 && text.compare(at, 3, "://") == 0)
        at = text.rfind(":/", at - 1);
    if (at == text.npos || at == 0)
        return {text, {}};
    return {text.substr(0, at), text.substr(at + 1)};
}

/// Into a group that is there things are put under their own name.
std::string target_of(edit::file const& to, std::string const& from, std::string const& wanted)
{
    auto const path = wanted.empty() ? std::string("/") : wanted;
    auto const name = from.substr(from.rfind('/') + 1);
    if (name.empty() || !to.root().group_at(path))
        return path;
    return path + (path.ends_with('/') ? "" : "/") + name;
}

result<std::vector<std::string>> copy_here(edited_file& to, place const& from, place const& target)
{
    auto const path = target_of(to.file, from.path, target.path);
    to.done.push_back("copy " + from.path + " to " + path);
    auto const done = to.file.root().copy(from.path, path);
    return done ? result<std::vector<std::string>>(std::vector<std::string>()) : done.error();
}

}  // namespace

int cp_command(arguments args, environment& env)
{
    edit_options options;
    std::string source, target;
    command_line app("Copies a group or dataset, within a file or from another one.", command);
    app.value("SRC", source, "LINDI or HDF5 file or URL, with :/path").required().value_name("");
    app.value("DST", target, "LINDI file, with :/path").required().value_name("");
    add_edit_options(app, options);
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    auto from = split_place(source);
    auto const to = split_place(target);
    options.file = to.file;
    if (from.path.empty())
        from.path.push_back('/');
    std::vector<std::string> problems;
    auto const mode = edit::open_mode::read_write;
    bool const same = !open::is_url(from.file) && is_same_file(from.file, to.file);
    auto const status =
        with_edited_file(command, options, env, mode, [&](edited_file& edited) -> result<void> {
            auto copied = result<std::vector<std::string>>(std::vector<std::string>());
            if (same) {
                copied = copy_here(edited, from, to);
            } else {
                auto const opened = open_copy_source(command, from.file, options.remote, env);
                if (!opened)
                    return opened.error();
                for (auto const& problem : opened->problems)
                    if (problem.starts_with(from.path))
                        problems.push_back(problem);
                auto const path = target_of(edited.file, from.path, to.path);
                edited.done.push_back("copy " + source + " to " + path);
                copied = edited.file.root().copy_from(opened->file, from.path, path);
            }
            if (!copied)
                return copied.error();
            problems.insert(problems.end(), copied->begin(), copied->end());
            return {};
        });
    if (status != exit_ok)
        return status;
    for (auto const& problem : problems)
        env.err << command << ": " << one_line(from.file + ": " + problem) << '\n';
    return problems.empty() ? exit_ok : exit_problems;
}

}  // namespace lindi::tools
