#include "bulk_options.hpp"
#include "bulk_page.hpp"
#include "command_line.hpp"
#include "output_file.hpp"

#include <lindi/bulk/summary.hpp>

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi bulk report";
constexpr char const* examples = R"(
One web page without anything from elsewhere: progress over time, how long blobs took, what failed and why.

Example:
  lindi bulk report -o out --page report.html
)";

result<void> write_page(bulk_place const& place, std::string const& path, environment& env)
{
    auto const shard = shard_of(place.shard, env.variables);
    if (!shard)
        return shard.error();
    auto const folder = journal_folder(place, *shard);
    if (!folder)
        return folder.error();
    auto const journal = bulk::journal::open(*folder, false);
    if (!journal)
        return journal.error();
    auto const page = bulk_page(place.output, **journal);
    if (path == "-") {
        env.out << page;
        return {};
    }
    auto file = output_file::create(path);
    if (!file)
        return file.error();
    if (auto const written = (*file)->write(page); !written)
        return written;
    return (*file)->commit();
}

}  // namespace

int bulk_report_command(arguments args, environment& env)
{
    bulk_place place;
    std::string path = "report.html";
    command_line app("Writes a web page about a job.", command);
    add_place_options(app, place);
    app.value("--page", path, "where to; -: standard output (default: report.html)")
        .value_name("FILE");
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    auto const done = write_page(place, path, env);
    return done ? exit_ok : bulk_failure(env, command, done.error());
}

}  // namespace lindi::tools
