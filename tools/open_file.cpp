#include "open_file.hpp"

#include "printable.hpp"
#include "progress.hpp"

#include <lindi/node/paths.hpp>

namespace lindi::tools {

namespace {

constexpr char const* members_hint =
    " (if it is the first of several files, --follow-files opens the others)";

/// Whether a file that was opened alone looks like the first of several.
bool may_have_members(open_file& opened)
{
    auto const& info = opened.graph().file;
    bool const is_short = info.superblock.end_of_file != hdf5::undefined_address &&
                          info.superblock.end_of_file > info.size;
    return opened.file().others == nullptr && (info.driver || is_short);
}

}  // namespace

open_file::open_file(parts from)
    : parts_(std::move(from)), codecs_(codec::built_in_filters()), budget_(limits{}),
      reader_(*parts_.source, budget_), file_(reader_, codecs_)
{
    if (parts_.beside)
        file_.others = &others_.emplace(*parts_.beside, codecs_, limits{});
    file_.members_joined = parts_.joined;
}

/// Puts the file and its members together, if it has any.
result<void> open_file::join(parts& to, std::string const& path, std::string const& members)
{
    if (open::is_url(path) && !members.empty())
        return error(errc::unsupported, error::nowhere, "members", "those of a URL are not opened")
            .within(to.source->name());
    if (open::is_url(path))
        return {};
    auto const name = path.substr(path.rfind('/') + 1);
    auto joined = node::join_members(to.source, name, members, *to.beside, limits{});
    if (!joined)
        return joined.error().within(path);
    to.joined = joined->source != nullptr;
    to.problems = std::move(joined->problems);
    if (to.joined)
        to.source = std::move(joined->source);
    return {};
}

result<std::unique_ptr<open_file>>
open_file::open(std::string const& path, open::source_options options)
{
    return open(path, std::move(options), {});
}

result<std::unique_ptr<open_file>>
open_file::open(std::string const& path, open::source_options options, follow_options const& others)
{
    auto opened = open::open_source(path, std::move(options));
    if (!opened)
        return opened.error();
    parts all{.opened = std::move(*opened)};
    all.source = std::move(all.opened.source);
    if (others.any()) {
        auto beside = open::files_beside(path);
        if (!beside)
            return beside.error();
        all.beside = std::move(*beside);
        if (auto const done = join(all, path, others.members); !done)
            return done.error();
    }
    return std::unique_ptr<open_file>(new open_file(std::move(all)));
}

result<void> open_file::read_graph(node::read_options options)
{
    auto const done = reader_.run(node::read_graph(file_, std::move(options)));
    if (!done)
        return done.error().within(reader_.name());
    for (auto& problem : parts_.problems)
        file_.contents.problems.push_back(std::move(problem));
    parts_.problems.clear();
    return {};
}

result<void> open_file::check_complete() const
{
    auto const* const cached = parts_.opened.cached;
    if (cached == nullptr || !cached->is_alone() || cached->cache_stats().misses == 0)
        return {};
    auto const missing = std::to_string(cached->cache_stats().misses);
    return error(
               errc::not_found,
               error::nowhere,
               "cache",
               missing + " reads want bytes that are not in it: run it once without --offline"
    )
        .within(reader_.name());
}

std::unique_ptr<open_file> open_and_read(
    std::string_view command,
    std::string const& path,
    remote_options const& remote,
    follow_options const& others,
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
                << (may_have_members(**opened) ? members_hint : "") << '\n';
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
