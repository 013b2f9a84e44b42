#include "open_file.hpp"

#include "printable.hpp"

#include <lindi/node/paths.hpp>

namespace lindi::tools {

open_file::open_file(open::opened_source opened)
    : opened_(std::move(opened)), codecs_(codec::built_in_filters()), budget_(limits{}),
      reader_(*opened_.source, budget_), file_(reader_, codecs_)
{}

open_file::~open_file()
{
    if (opened_.client)
        opened_.client->observe({});
}

result<std::unique_ptr<open_file>>
open_file::open(std::string const& path, open::source_options options, read_log* log)
{
    auto const client = options.client;
    if (client && log != nullptr)
        client->observe([log](net::request_seen const& request) { log->on_request(request); });
    auto opened = open::open_source(path, std::move(options));
    if (!opened) {
        if (client)
            client->observe({});
        return opened.error();
    }
    auto out = std::unique_ptr<open_file>(new open_file(std::move(*opened)));
    out->reader_.observe(log);
    return out;
}

result<void> open_file::read_graph(node::read_options options)
{
    auto const done = reader_.run(node::read_graph(file_, std::move(options)));
    if (!done)
        return done.error().within(reader_.name());
    return {};
}

result<void> open_file::check_complete() const
{
    auto const* const cached = opened_.cached;
    if (cached == nullptr || !cached->is_alone() || cached->cache_stats().misses == 0)
        return {};
    auto const missing = std::to_string(cached->cache_stats().misses);
    return error(
               errc::not_found,
               error::nowhere,
               "cache",
               missing + " reads want bytes that are not in it: run it once without --offline"
    )
        .within(opened_.source->name());
}

int report_problems(std::string_view command, open_file const& from, environment& env)
{
    auto const problems = node::all_problems(from.graph());
    for (auto const& problem : problems)
        env.err << command << ": " << one_line(from.graph().file.name) << ": " << one_line(problem)
                << '\n';
    return problems.empty() ? exit_ok : exit_problems;
}

}  // namespace lindi::tools
