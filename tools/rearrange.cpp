// lindi rm, mv and ln: objects that go, move and are linked.
#include "command_line.hpp"
#include "edit_file.hpp"

namespace lindi::tools {
namespace {

constexpr char const* rm_examples = R"(
A group goes with everything in it. Data in a tar or directory stay there until the file is packed.

Examples:
  lindi rm results.lindi.tar /processing/old
  lindi rm results.lindi.tar /acquisition/series/data@comment
)";
constexpr char const* mv_examples = R"(
References to what moves, and into it, are kept right; soft links are not. Groups on the way are made.

Example:
  lindi mv results.lindi.tar /processing/spikes /processing/ecephys/spikes
)";
constexpr char const* ln_examples = R"(
A relative TARGET begins at the group that holds the link; it need not be there yet.

Example:
  lindi ln results.lindi.tar /acquisition/raw /processing/source
)";

result<void> remove(edited_file& to, std::string const& text)
{
    auto const whole =
        to.file.root().contains(text) ? attribute_place{text, std::nullopt} : split_attribute(text);
    if (!whole.name) {
        to.done.push_back("remove " + whole.path);
        return to.file.root().remove(whole.path);
    }
    auto object = to.file.at(whole.path);
    auto const erased = object ? object->delete_attribute(*whole.name) : object.error();
    if (!erased)
        return erased.error();
    if (!*erased)
        return error(errc::not_found, error::nowhere, "attribute").within(text);
    to.done.push_back("remove attribute " + text);
    return {};
}

/// FROM and TO behind FILE.
int two_paths(
    char const* command,
    command_line& app,
    char const* first,
    char const* second,
    arguments args,
    environment& env,
    std::function<result<void>(edited_file&, std::string const&, std::string const&)> const& change
)
{
    edit_options options;
    std::string from, to;
    app.value("FILE", options.file, "LINDI file").required().value_name("");
    app.value(first, from, "path in the file").required().value_name("");
    app.value(second, to, "new path in the file").required().value_name("");
    add_edit_options(app, options);
    if (auto const stop = app.read(args, env))
        return *stop;
    return with_edited_file(
        command,
        options,
        env,
        edit::open_mode::read_write,
        [&](edited_file& file) { return change(file, from, to); }
    );
}

}  // namespace

int rm_command(arguments args, environment& env)
{
    edit_options options;
    std::vector<std::string> paths;
    command_line app("Removes groups, datasets, links and attributes.", "lindi rm");
    app.value("FILE", options.file, "LINDI file").required().value_name("");
    app.value("PATH", paths, "object, or attribute: PATH@NAME").required().value_name("");
    add_edit_options(app, options);
    app.footer(rm_examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    auto const mode = edit::open_mode::read_write;
    return with_edited_file("lindi rm", options, env, mode, [&](edited_file& to) -> result<void> {
        for (auto const& path : paths)
            if (auto const removed = remove(to, path); !removed)
                return removed;
        return {};
    });
}

int mv_command(arguments args, environment& env)
{
    command_line app("Moves a group, dataset or link.", "lindi mv");
    app.footer(mv_examples);
    return two_paths(
        "lindi mv",
        app,
        "FROM",
        "TO",
        args,
        env,
        [](edited_file& file, std::string const& from, std::string const& to) {
            file.done.push_back("move " + from + " to " + to);
            return file.file.root().move(from, to);
        }
    );
}

int ln_command(arguments args, environment& env)
{
    command_line app("Makes a soft link.", "lindi ln");
    app.footer(ln_examples);
    return two_paths(
        "lindi ln",
        app,
        "TARGET",
        "LINK",
        args,
        env,
        [](edited_file& file, std::string const& target, std::string const& link) {
            file.done.push_back("link " + link + " to " + target);
            return file.file.root().link(link, target);
        }
    );
}

}  // namespace lindi::tools
