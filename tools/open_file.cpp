#include "open_file.hpp"

#include "printable.hpp"
#include "progress.hpp"

#include <lindi/io/file_source.hpp>
#include <lindi/node/paths.hpp>

#include <algorithm>
#include <cctype>

namespace lindi::tools {

bool is_url(std::string_view text) noexcept
{
    auto const scheme = text.substr(0, text.find("://"));
    return scheme.size() >= 2 && scheme.size() < text.size() &&
           std::all_of(scheme.begin(), scheme.end(), [](unsigned char c) {
               return std::isalnum(c) || c == '+' || c == '-' || c == '.';
           });
}

open_file::open_file(std::unique_ptr<io::source> below)
    : source_(std::move(below)), codecs_(codec::built_in_filters()), budget_(limits{}),
      reader_(source_, budget_), file_(reader_, codecs_)
{}

result<std::unique_ptr<open_file>> open_file::open(std::string const& path)
{
    if (is_url(path))
        return error(errc::unsupported, error::nowhere, "URL", "this build reads local files only")
            .within(path);
    auto source = io::file_source::open(path);
    if (!source)
        return source.error();
    return std::unique_ptr<open_file>(new open_file(std::move(*source)));
}

result<void> open_file::read_graph(node::read_options options)
{
    auto const done = reader_.run(node::read_graph(file_, std::move(options)));
    if (!done)
        return done.error().within(reader_.name());
    return {};
}

std::unique_ptr<open_file> open_and_read(
    std::string_view command, std::string const& path, environment& env, node::read_options options
)
{
    auto opened = open_file::open(path);
    if (!opened) {
        env.err << command << ": " << one_line(opened.error().message()) << '\n';
        return nullptr;
    }
    progress_line progress(env);
    options.on_progress = [&](std::uint64_t objects) { progress.show(objects, "objects"); };
    auto const done = (*opened)->read_graph(std::move(options));
    progress.clear();
    if (!done) {
        env.err << command << ": " << one_line(done.error().message()) << '\n';
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
