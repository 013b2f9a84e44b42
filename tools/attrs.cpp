#include "command_line.hpp"
#include "environment.hpp"
#include "printable.hpp"
#include "type_text.hpp"
#include "value_text.hpp"
#include "with_file.hpp"

#include <lindi/node/paths.hpp>

#include <algorithm>

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi attrs";
constexpr char const* examples = R"(
One line for each attribute: name, type, shape and value; long values are cut, unless one attribute is asked for.
Attributes of the root group are listed when there is no PATH.

Examples:
  lindi attrs recording.nwb
  lindi attrs recording.nwb /acquisition/ts
  lindi attrs recording.nwb /acquisition/ts@description
)";

constexpr std::size_t short_value = 120;

/// "PATH@NAME" in two. Names may hold slashes, and paths an '@': an object of the whole text wins.
struct target {
    node::object_id object = node::no_object;
    std::optional<std::string> name;
};

target find_target(node::graph const& g, std::string const& text)
{
    target out{node::resolve(g, g.root, text), std::nullopt};
    for (auto at = text.find('@'); out.object == node::no_object && at != text.npos;
         at = text.find('@', at + 1)) {
        out.object = node::resolve(g, g.root, text.substr(0, at));
        out.name = text.substr(at + 1);
    }
    return out;
}

std::vector<node::attribute const*> sorted_attributes(node::object const& object)
{
    std::vector<node::attribute const*> out;
    for (auto const& attribute : object.attributes)
        out.push_back(&attribute);
    std::stable_sort(out.begin(), out.end(), [](auto const* a, auto const* b) {
        return a->name < b->name;
    });
    return out;
}

/// Lists the attributes, or the one of that name.
/// \return false when a value could not be decoded
bool list(open_file& from, target const& wanted, environment& env)
{
    auto const& g = from.graph();
    auto const paths = node::first_paths(g, node::walk_order::by_name);
    auto const max = wanted.name ? from.file().limits().attribute_bytes : short_value;
    value_printer printer(g, paths);
    bool sound = true;
    for (auto const* const attribute : sorted_attributes(g.objects[wanted.object])) {
        if (wanted.name && attribute->name != *wanted.name)
            continue;
        if (!env.out)
            break;
        auto const text = printer.text_of(*attribute, max);
        env.out << printable(attribute->name) << "  " << type_text(*attribute->type) << "  "
                << shape_text(attribute->space) << "  " << (text ? *text : "cannot be read")
                << '\n';
        if (text)
            continue;
        sound = false;
        auto const why = text.error().within("@" + attribute->name).within(paths[wanted.object]);
        env.err << command << ": " << one_line(why.within(g.file.name).message()) << '\n';
    }
    return sound;
}

bool is_there(node::graph const& g, target const& wanted)
{
    if (wanted.object == node::no_object || !wanted.name)
        return wanted.object != node::no_object;
    auto const& attributes = g.objects[wanted.object].attributes;
    return std::any_of(attributes.begin(), attributes.end(), [&](node::attribute const& a) {
        return a.name == *wanted.name;
    });
}

int list_target(open_file& from, std::string const& path, environment& env)
{
    auto const wanted = find_target(from.graph(), path);
    if (!is_there(from.graph(), wanted)) {
        env.err << command << ": " << one_line(from.graph().file.name + ": " + path)
                << ": no such object or attribute\n";
        return exit_failed;
    }
    bool const sound = list(from, wanted, env);
    auto const status = report_problems(command, from, env);
    return sound ? status : exit_problems;
}

}  // namespace

int attrs_command(arguments args, environment& env)
{
    file_options input;
    std::string path = "/";
    command_line app("Lists the attributes of a group or dataset.", "lindi attrs");
    add_file_options(app, input);
    app.value(
           "PATH",
           path,
           "group or dataset inside (default: /), or PATH@NAME for one attribute in full"
    )
        .value_name("");
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    return with_file(
        command,
        input,
        env,
        {.load_chunks = [](node::dataset const&) { return false; }},
        [&](open_file& from) { return list_target(from, path, env); }
    );
}

}  // namespace lindi::tools
