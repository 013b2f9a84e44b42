#include "command_line.hpp"
#include "dump_file.hpp"
#include "environment.hpp"
#include "printable.hpp"
#include "with_file.hpp"

#include <lindi/array/read.hpp>
#include <lindi/node/heap_reader.hpp>

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi dump";
constexpr char const* examples = R"(
Writes the structure of the file as one JSON document: every object and link by its path, with type, shape,
layout, filters, fill value, chunk table and attribute values; with --data also the SHA-256 of the elements.

Examples:
  lindi dump --format json recording.nwb > recording.json
  lindi dump --format json --data recording.nwb | grep spike_times
  lindi dump --format json --follow-files family00000.h5
)";

/// Fill values may point into the heap as attributes do.
task<void> load_fill_heap(node::file& f, node::object_id id)
{
    auto& object = f.contents.objects[id];
    auto const& data = *object.dataset;
    if (data.fill.value.size() != data.type->size || !data.type->needs_heap())
        co_return;
    auto const loaded = co_await node::load_heaps(f, data.type, data.fill.value);
    if (!loaded)
        object.problems.push_back(loaded.error().within("fill value"));
}

int dump(open_file& from, bool with_data, environment& env)
{
    element_reader read;
    if (with_data)
        read = [&](node::dataset const& dataset) {
            return from.reader().run(array::read_all(from.file(), dataset, max_summed_bytes));
        };
    auto const& name = from.graph().file.name;
    auto const done = write_dump(from.graph(), env.out, from.file().limits(), read);
    if (!done) {
        env.err << command << ": " << one_line(done.error().within(name).message()) << '\n';
        return exit_failed;
    }
    for (auto const& problem : *done)
        env.err << command << ": " << one_line(name + ": " + problem) << '\n';
    auto const status = report_problems(command, from, env);
    return done->empty() ? status : exit_problems;
}

}  // namespace

int dump_command(arguments args, environment& env)
{
    file_options input;
    std::string format;
    bool data = false;
    command_line app(
        "Writes everything that is known about an HDF5 or LINDI file as JSON.", command
    );
    app.value("--format", format, "format of the output: json").required().one_of({"json"});
    app.flag("--data", data, "with sums over the data of every dataset up to 32 MiB");
    add_file_options(app, input);
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    return with_file(command, input, env, {.on_dataset = load_fill_heap}, [&](open_file& from) {
        return dump(from, data, env);
    });
}

}  // namespace lindi::tools
