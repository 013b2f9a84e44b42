#include "open_file.hpp"

#include "printable.hpp"
#include "progress.hpp"

#include <lindi/node/paths.hpp>

namespace lindi::tools {

result<std::unique_ptr<open_file>> open_file::open(std::string const& path)
{
    auto opened = open::tree::open(path);
    if (!opened)
        return open::is_url(path) ? opened.error().within(path) : opened.error();
    return std::unique_ptr<open_file>(new open_file(std::move(*opened)));
}

result<void> open_file::read_graph(node::read_options options)
{
    auto const done = tree_->read_graph(std::move(options));
    if (!done)
        return done.error().within(reader().name());
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
