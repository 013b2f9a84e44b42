#include "with_file.hpp"

#include "follow_options.hpp"
#include "printable.hpp"
#include "progress.hpp"

namespace lindi::tools {
namespace {

constexpr char const* members_hint =
    " (if it is the first of several files, --follow-files opens the others)";

result<std::unique_ptr<open_file>>
open(std::string_view command, file_options const& o, environment& env, read_log& log)
{
    auto source = to_source_options(command, {&o.file, 1}, o.remote, env);
    if (!source)
        return source.error();
    auto* const listener = o.report.is_wanted() ? &log : nullptr;
    return open_file::open(o.file, std::move(*source), o.others, listener);
}

result<void> read(open_file& from, environment& env, node::read_options options, read_log& log)
{
    log.begin("read");
    progress_line progress(env);
    options.on_progress = [&](std::uint64_t objects) { progress.show(objects, "objects"); };
    auto const done = from.read_graph(std::move(options));
    auto const complete = from.check_complete();
    return complete ? done : complete;
}

}  // namespace

void add_file_options(command_line& app, file_options& o)
{
    add_follow_options(app, o.others);
    add_remote_options(app, o.remote);
    add_report_options(app, o.report);
    app.value("FILE", o.file, "HDF5 or LINDI file: path, or URL (http, https, s3)")
        .required()
        .value_name("");
}

int with_file(
    std::string_view command,
    file_options const& o,
    environment& env,
    node::read_options options,
    std::function<int(open_file&)> const& work
)
{
    read_log log;
    log.begin("open");
    auto opened = open(command, o, env, log);
    auto const ready = opened ? read(**opened, env, std::move(options), log) : opened.error();
    int status = exit_failed;
    auto const say = [&](error const& why, char const* hint) {
        env.err << command << ": " << one_line(why.message()) << hint << '\n';
    };
    if (ready) {
        log.begin("write");
        status = work(**opened);
        // Data are read in there.
        if (auto const complete = (*opened)->check_complete();
            !complete && status <= exit_problems) {
            say(complete.error(), "");
            status = exit_failed;
        }
    } else {
        say(ready.error(), opened && (*opened)->may_have_members() ? members_hint : "");
    }
    return report_reads(command, o.report, log, opened ? opened->get() : nullptr, env, status);
}

}  // namespace lindi::tools
