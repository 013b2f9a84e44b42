#include "session.hpp"

#include <lindi/io/memory_source.hpp>
#include <lindi/node/paths.hpp>

namespace lindi {
namespace {

/// The parts in the order in which they stand on each other.
class hdf5_backend final : public api::backend {
public:
    hdf5_backend(std::unique_ptr<io::source> source, codec::registry filters, limits const& max)
        : source_(std::move(source)), codecs_(std::move(filters)), budget_(max),
          reader_(*source_, budget_), file_(reader_, codecs_)
    {}

    io::reader& reader() noexcept override { return reader_; }
    node::file& file() noexcept override { return file_; }
    result<void> read_graph(node::read_options options) override
    {
        return reader_.run(node::read_graph(file_, std::move(options)));
    }

private:
    std::unique_ptr<io::source> source_;
    codec::registry codecs_;
    lindi::budget budget_;
    io::reader reader_;
    node::file file_;
};

}  // namespace

result<file> file::from_backend(std::unique_ptr<api::backend> from, open_options options)
{
    auto session = std::make_shared<api::session>(std::move(from), options.chunk_cache);
    if (auto const loaded = session->load(std::move(options.on_progress)); !loaded)
        return loaded.error();
    return file(std::move(session));
}

result<file> file::from_source(std::unique_ptr<io::source> from, open_options options)
{
    auto backend =
        std::make_unique<hdf5_backend>(std::move(from), std::move(options.filters), options.limits);
    return from_backend(std::move(backend), std::move(options));
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
    return session_->stats();
}

void file::cancel() noexcept
{
    session_->cancel();
}

}  // namespace lindi
