#include "open_file.hpp"

#include "printable.hpp"
#include "progress.hpp"

#include <lindi/node/paths.hpp>

namespace lindi::tools {
namespace {

constexpr char const* members_hint =
    " (if it is the first of several files, --follow-files opens the others)";

}  // namespace

result<std::unique_ptr<open_file>>
open_file::open(std::string const& path, open::source_options options, open::follow_options others)
{
    auto opened =
        open::tree::open(path, {.source = std::move(options), .others = std::move(others)});
    if (!opened)
        return opened.error();
    return std::unique_ptr<open_file>(new open_file(std::move(*opened)));
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
    if (cached == nullptr || !cached->is_alone() || cached->cache_stats().misses == 0)
        return {};
    auto const missing = std::to_string(cached->cache_stats().misses);
    return error(
               errc::not_found,
               error::nowhere,
               "cache",
               missing + " reads want bytes that are not in it: run it once without --offline"
    )
        .within(tree_->reader().name());
}

std::unique_ptr<open_file> open_and_read(
    std::string_view command,
    std::string const& path,
    remote_options const& remote,
    open::follow_options const& others,
    environment& env,
    node::read_options options
)
{
    auto const opened_or_not = [&]() -> result<std::unique_ptr<open_file>> {
        auto source = to_source_options(command, path, remote, env);
        if (!source)
            return source.error();
        return open_file::open(path, std::move(*source), others);
    };
    auto opened = opened_or_not();
    if (!opened) {
        env.err << command << ": " << one_line(opened.error().message()) << '\n';
        return nullptr;
    }
    progress_line progress(env);
    options.on_progress = [&](std::uint64_t objects) { progress.show(objects, "objects"); };
    auto done = (*opened)->read_graph(std::move(options));
    if (auto const complete = (*opened)->check_complete(); !complete)
        done = complete;
    progress.clear();
    if (!done) {
        env.err << command << ": " << one_line(done.error().message())
                << ((*opened)->may_have_members() ? members_hint : "") << '\n';
        return nullptr;
    }
    return std::move(*opened);
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
