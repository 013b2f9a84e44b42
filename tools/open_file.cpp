#include "open_file.hpp"

#include "printable.hpp"

#include <lindi/node/paths.hpp>

namespace lindi::tools {

open_file::~open_file()
{
    if (auto* const client = tree_->client())
        client->observe({});
}

result<std::unique_ptr<open_file>> open_file::open(
    std::string const& path,
    open::source_options options,
    open::follow_options others,
    read_log* log
)
{
    auto const client = options.client;
    if (client && log != nullptr)
        client->observe([log](net::request_seen const& request) { log->on_request(request); });
    auto opened =
        open::tree::open(path, {.source = std::move(options), .others = std::move(others)});
    if (!opened) {
        if (client)
            client->observe({});
        return opened.error();
    }
    auto out = std::unique_ptr<open_file>(new open_file(std::move(*opened)));
    out->reader().observe(log);
    return out;
}

result<void> open_file::read_graph(node::read_options options)
{
    auto const done = tree_->read_graph(std::move(options));
    if (!done)
        return done.error().within(reader().name());
    return {};
}

result<void> open_file::check_complete() const
{
    auto const* const cached = tree_->cached();
    if (cached != nullptr && cached->is_alone() && cached->cache_stats().misses != 0)
        return error(
                   errc::not_found,
                   error::nowhere,
                   "cache",
                   std::to_string(cached->cache_stats().misses) +
                       " reads want bytes that are not in it: run it once without --offline"
        )
            .within(tree_->reader().name());
    auto const& lost = tree_->reader().lost();
    if (lost && is_hdf5() && tree_->client() != nullptr)
        return lost->within(tree_->reader().name());
    return {};
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
