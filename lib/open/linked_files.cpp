#include "linked_files.hpp"

#include <lindi/node/paths.hpp>
#include <lindi/node/read_graph.hpp>

namespace lindi::open {
namespace {

constexpr char const* structure = "linked dataset";
/// Files of one document; each holds its graph.
constexpr std::size_t most_files = 256;

class link final : public node::linked_dataset {
public:
    /// \param files  lives as long as the tree, as the datasets do
    link(linked_files& files, rfs::object_notes::array_link to)
        : files_(&files), to_(std::move(to)), name_(to_.url + ": /" + to_.name)
    {}

    std::string const& name() const noexcept override { return name_; }

    result<node::linked_elements> open() override
    {
        auto const file = files_->open(to_.url);
        if (!file)
            return file.error();
        auto const& graph = (*file)->contents;
        auto const id = node::resolve(graph, graph.root, to_.name);
        if (id == node::no_object || !graph.objects[id].dataset)
            return error(errc::not_found, error::nowhere, structure, "no such dataset");
        return node::linked_elements{*file, graph.objects[id].dataset.get()};
    }

private:
    linked_files* files_;
    rfs::object_notes::array_link to_;
    std::string name_;
};

}  // namespace

/// The parts in the order in which they stand on each other.
struct linked_files::linked_file {
    linked_file(std::unique_ptr<io::source> from, codec::registry const& codecs, limits const& max)
        : source(std::move(from)), budget(max), reader(*source, budget), file(reader, codecs)
    {}

    std::unique_ptr<io::source> source;
    lindi::budget budget;
    io::reader reader;
    node::file file;
};

std::shared_ptr<node::linked_dataset> linked_files::dataset(rfs::object_notes::array_link const& to)
{
    return std::make_shared<link>(*this, to);
}

result<std::shared_ptr<linked_files::linked_file>> linked_files::read(std::string const& url) const
{
    auto source = opener_->open(url, reference_opener::purpose::structure);
    if (!source)
        return source.error();
    auto const made = std::make_shared<linked_file>(std::move(*source), *codecs_, max_);
    made->reader.cancel_with(*document_);
    node::read_options options;
    options.load_chunks = [](node::dataset const&) { return false; };
    auto const done = made->reader.run(node::read_graph(made->file, std::move(options)));
    if (!done)
        return done.error();
    return made;
}

result<node::file*> linked_files::open(std::string const& url)
{
    auto known = files_.find(url);
    if (known == files_.end()) {
        if (files_.size() >= most_files)
            return error(errc::too_large, error::nowhere, structure, "in too many files");
        known = files_.emplace(url, read(url)).first;
    }
    auto& file = known->second;
    if (!file)
        return file.error();
    return &(*file)->file;
}

}  // namespace lindi::open
