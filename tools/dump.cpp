#include "command_line.hpp"
#include "dump_file.hpp"
#include "environment.hpp"
#include "open_file.hpp"
#include "printable.hpp"

#include <lindi/array/read.hpp>
#include <lindi/node/heap_reader.hpp>

namespace lindi::tools {
namespace {

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

}  // namespace

int dump_command(arguments args, environment& env)
{
    std::string file;
    std::string format;
    bool data = false;
    remote_options remote;
    CLI::App app("Writes everything that is known about an HDF5 or LINDI file as JSON.", "lindi dump");
    app.add_option("--format", format, "format of the output: json")
        ->required()
        ->check(CLI::IsMember({"json"}));
    app.add_flag("--data", data, "with sums over the data of every dataset up to 32 MiB");
    open::follow_options others;
    add_follow_options(app, others);
    app.add_option("FILE", file, "HDF5 or LINDI file: path, or URL (http, https, s3)")
        ->required()
        ->type_name("");
    add_remote_options(app, remote);
    app.footer(examples);
    if (auto const stop = read_arguments(app, args, env))
        return *stop;
    auto const opened =
        open_and_read("lindi dump", file, remote, others, env, {.on_dataset = load_fill_heap});
    if (!opened)
        return exit_failed;
    element_reader read;
    if (data)
        read = [&](node::dataset const& dataset) {
            return opened->reader().run(array::read_all(opened->file(), dataset, max_summed_bytes));
        };
    auto const done = write_dump(opened->graph(), env.out, opened->file().limits(), read);
    if (!done) {
        env.err << "lindi dump: "
                << one_line(done.error().within(opened->graph().file.name).message()) << '\n';
        return exit_failed;
    }
    for (auto const& problem : *done)
        env.err << "lindi dump: " << one_line(opened->graph().file.name + ": " + problem) << '\n';
    auto const status = report_problems("lindi dump", *opened, env);
    return done->empty() ? status : exit_problems;
}

}  // namespace lindi::tools
