#include <lindi/node/other_files.hpp>
#include <lindi/node/read_graph.hpp>

namespace lindi::node {
namespace {

constexpr char const* structure = "other file";
constexpr unsigned max_depth = 8;

/// The name as seen from the folder of the first file.
std::string full_name(file const& from, std::string const& name)
{
    return name.starts_with('/') ? name : from.folder + name;
}

/// With the slash at its end; empty when the name has no folder.
std::string folder_of(std::string const& name)
{
    return name.substr(0, name.rfind('/') + 1);
}

}  // namespace

struct other_files::opened {
    result<std::shared_ptr<io::source>> source;
    std::unique_ptr<io::reader> reader{};
    std::unique_ptr<node::file> file{};
    result<void> graph{};
};

other_files::other_files(io::file_set& from, codec::registry const& codecs, limits const& max)
    : from_(&from), codecs_(&codecs), budget_(max)
{}

other_files::~other_files() = default;

/// Names that lead to nothing are remembered too, and count: each costs a look.
result<other_files::opened*> other_files::open_source(file const& from, std::string const& name)
{
    auto const full = full_name(from, name);
    auto& known = by_name_[full];
    if (known)
        return known.get();
    if (count_ >= budget_.max().other_files)
        return error(
            errc::too_large,
            error::nowhere,
            structure,
            "limit on other files, " + std::to_string(budget_.max().other_files)
        );
    ++count_;
    known = std::make_unique<opened>(opened{from_->open(full)});
    return known.get();
}

result<std::shared_ptr<io::source>> other_files::open_raw(file const& from, std::string const& name)
{
    auto const found = open_source(from, name);
    if (!found)
        return found.error();
    return (*found)->source;
}

result<file*> other_files::open(file const& from, std::string const& name)
{
    auto const found = open_source(from, name);
    if (!found)
        return found.error();
    auto& entry = **found;
    if (!entry.source)
        return entry.source.error();
    if (!entry.file) {
        if (from.depth >= max_depth)
            return error(errc::too_large, error::nowhere, structure, "eight files deep");
        entry.reader = std::make_unique<io::reader>(**entry.source, budget_);
        entry.file = std::make_unique<node::file>(*entry.reader, *codecs_);
        entry.file->others = this;
        entry.file->folder = folder_of(full_name(from, name));
        entry.file->depth = from.depth + 1;
        read_options options;
        options.load_chunks = [](dataset const&) { return false; };
        options.settle = false;
        entry.graph = entry.reader->run(read_graph(*entry.file, std::move(options)));
    }
    if (!entry.graph)
        return entry.graph.error().within(name);
    return entry.file.get();
}

}  // namespace lindi::node
