#include "session.hpp"

#include <lindi/io/memory_source.hpp>
#include <lindi/node/paths.hpp>

namespace lindi {

result<file> file::from_source(std::unique_ptr<io::source> from, open_options options)
{
    auto on_progress = std::move(options.on_progress);
    auto session = std::make_shared<api::session>(std::move(from), std::move(options));
    if (auto const loaded = session->load(std::move(on_progress)); !loaded)
        return loaded.error();
    return file(std::move(session));
}

result<file> file::from_memory(lindi::bytes content, open_options options)
{
    return from_source(
        std::make_unique<io::memory_source>("memory", std::move(content)), std::move(options)
    );
}

group file::root() const
{
    return {session_, session_->graph().root};
}

std::vector<std::string> file::problems() const
{
    return node::all_problems(session_->graph());
}

io::read_stats file::stats() const
{
    return session_->reader().stats();
}

void file::cancel() noexcept
{
    session_->reader().cancel();
}

}  // namespace lindi
