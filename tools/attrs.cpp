#include "command_line.hpp"
#include "environment.hpp"
#include "open_file.hpp"
#include "printable.hpp"
#include "type_text.hpp"
#include "value_text.hpp"

#include <lindi/node/paths.hpp>

#include <algorithm>
#include <limits>

namespace lindi::tools {
namespace {

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

class lister {
public:
    lister(node::graph const& g, environment& env)
        : graph_(&g), paths_(node::first_paths(g, node::walk_order::by_name)), env_(&env)
    {}

    /// \param only  the attribute asked for; all when none
    /// \return false when a value could not be decoded
    bool list(node::object const& object, std::optional<std::string> const& only)
    {
        bool sound = true;
        for (auto const* const attribute : sorted(object)) {
            if (only && attribute->name != *only)
                continue;
            auto const max = only ? std::numeric_limits<std::size_t>::max() / 2 : short_value;
            auto const text = value_text(*graph_, paths_, *attribute, max);
            env_->out << printable(attribute->name) << "  " << type_text(*attribute->type) << "  "
                      << shape_text(attribute->space) << "  "
                      << (text ? *text : one_line("cannot be read: " + text.error().message()))
                      << '\n';
            sound = sound && text.has_value();
        }
        return sound;
    }

private:
    static std::vector<node::attribute const*> sorted(node::object const& object)
    {
        std::vector<node::attribute const*> out;
        for (auto const& attribute : object.attributes)
            out.push_back(&attribute);
        std::stable_sort(out.begin(), out.end(), [](auto const* a, auto const* b) {
            return a->name < b->name;
        });
        return out;
    }

    node::graph const* graph_;
    std::vector<std::string> paths_;
    environment* env_;
};

}  // namespace

int attrs_command(arguments args, environment& env)
{
    std::string file;
    std::string path = "/";
    CLI::App app("Lists the attributes of a group or dataset.", "lindi attrs");
    app.add_option("FILE", file, "HDF5 file")->required()->type_name("");
    app.add_option(
           "PATH",
           path,
           "group or dataset inside (default: /), or PATH@NAME for one attribute in full"
    )
        ->type_name("");
    app.footer(examples);
    if (auto const stop = read_arguments(app, args, env))
        return *stop;
    auto const opened = open_and_read(
        "lindi attrs", file, env, {.load_chunks = [](node::dataset const&) { return false; }}
    );
    if (!opened)
        return exit_failed;
    auto const& g = opened->graph();
    auto const wanted = find_target(g, path);
    auto const has = [&](node::attribute const& a) { return a.name == *wanted.name; };
    bool const found = wanted.object != node::no_object &&
                       (!wanted.name || std::any_of(
                                            g.objects[wanted.object].attributes.begin(),
                                            g.objects[wanted.object].attributes.end(),
                                            has
                                        ));
    if (!found) {
        env.err << "lindi attrs: " << one_line(file + ": " + path)
                << ": no such object or attribute\n";
        return exit_failed;
    }
    bool const sound = lister(g, env).list(g.objects[wanted.object], wanted.name);
    auto const status = report_problems("lindi attrs", *opened, env);
    return sound ? status : exit_problems;
}

}  // namespace lindi::tools
