#include "read_report.hpp"

#include "output_file.hpp"
#include "printable.hpp"
#include "trace_page.hpp"

namespace lindi::tools {
namespace {

void print_text(read_summary const& summary, figures const& others, environment& env)
{
    env.err << to_text(summary);
    for (std::size_t i = 0; i < others.size(); ++i)
        env.err << (i == 0 ? "" : ", ") << others[i].first << ' ' << others[i].second;
    env.err << (others.empty() ? "" : "\n");
}

void print_json(read_summary const& summary, figures const& others, environment& env)
{
    json_writer json(env.err);
    json.begin_object();
    for (auto const& [name, count] : others)
        json.member(name, count);
    write_json(summary, json);
    json.end_object();
    env.err << '\n';
}

/// \param input  must not be overwritten
result<void> write_page(std::string const& path, std::string const& input, std::string const& page)
{
    if (is_same_file(path, input))
        return error(errc::bad_value, error::nowhere, "output", "it is the input").within(path);
    auto file = output_file::create(path);
    if (!file)
        return file.error();
    if (auto const written = (*file)->write(page); !written)
        return written;
    return (*file)->commit();
}

}  // namespace

void add_report_options(command_line& app, report_options& o)
{
    app.flag(
           "--stats{text}", o.stats, "say on stderr what reading took, with =json as a JSON object"
    )
        .one_of({"text", "json"})
        .value_name("");
    app.value("--trace", o.trace, "write a page that shows every request over time")
        .value_name("FILE.html");
}

int report_reads(
    std::string_view command,
    report_options const& o,
    read_log const& log,
    open_file* from,
    environment& env,
    int status,
    figures const& others
)
{
    auto const summary =
        from != nullptr ? std::optional(summarize(*from, log)) : std::optional<read_summary>();
    if (summary && o.stats == "text")
        print_text(*summary, others, env);
    if (summary && o.stats == "json")
        print_json(*summary, others, env);
    if (o.trace.empty())
        return status;
    auto const name = from != nullptr ? from->reader().name() : "not opened";
    auto const done =
        write_page(o.trace, name, trace_page(one_line(name), log, summary ? &*summary : nullptr));
    if (done)
        return status;
    env.err << command << ": " << one_line(done.error().message()) << '\n';
    return exit_failed;
}

}  // namespace lindi::tools
