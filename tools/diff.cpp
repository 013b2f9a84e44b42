#include "command_line.hpp"
#include "environment.hpp"
#include "file_difference.hpp"
#include "printable.hpp"
#include "remote_options.hpp"

#include <lindi/api/open.hpp>

#include <array>

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi diff";
constexpr char const* examples = R"(
Compares two files by what is in them: groups, links, attributes, shapes and elements, whatever the kinds of the
files, how they store it, and which of several types for the same values they use (with --types, types too).
  - PATH         only in A
  + PATH         only in B
  ~ PATH: what   in both, and different

Exit status: 0 no difference, 2 a file cannot be read, 3 differences, or parts that cannot be read.

Examples:
  lindi diff recording.nwb recording.nwb.lindi.json
  lindi diff --no-data old.nwb https://example.org/new.nwb
)";

struct diff_options {
    std::string a;
    std::string b;
    bool no_data = false;
    bool types = false;
    remote_options remote{};
};

int compare(diff_options const& o, environment& env)
{
    auto const fail = [&env](error const& why) {
        env.err << command << ": " << one_line(why.message()) << '\n';
        return exit_failed;
    };
    std::array const names{o.a, o.b};
    auto const source = to_source_options(command, names, o.remote, env);
    if (!source)
        return fail(source.error());
    auto const a = lindi::open_file(o.a, {}, {.source = *source});
    if (!a)
        return fail(a.error());
    auto const b = lindi::open_file(o.b, {}, {.source = *source});
    if (!b)
        return fail(b.error());
    for (auto const* const file : {&*a, &*b})
        for (auto const& problem : file->problems())
            env.err << command << ": " << (file == &*a ? o.a : o.b) << ": " << one_line(problem)
                    << '\n';
    difference_options options;
    options.data = !o.no_data;
    options.types = o.types;
    bool const same = compare_files(*a, *b, options, [&](std::string const& line) {
        env.out << one_line(line) << '\n';
        return env.out.good();
    });
    return same && a->problems().empty() && b->problems().empty() ? exit_ok : exit_problems;
}

}  // namespace

int diff_command(arguments args, environment& env)
{
    diff_options options;
    command_line app("Compares two files by what is in them.", command);
    app.flag("--no-data", options.no_data, "structure and attributes only");
    app.flag("--types", options.types, "types of elements too");
    add_remote_options(app, options.remote);
    app.value("A", options.a, "HDF5 file or LINDI document: path or URL").required().value_name("");
    app.value("B", options.b, "the other").required().value_name("");
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    return compare(options, env);
}

}  // namespace lindi::tools
