#include "hdf5_tree.hpp"

#include <lindi/node/members.hpp>

namespace lindi::open {
namespace {

/// What is opened, before it is read.
struct hdf5_parts {
    std::shared_ptr<io::source> source{};    ///< of the file, or of all its members
    std::unique_ptr<io::file_set> beside{};  ///< null: no others are opened
    bool joined = false;
    std::vector<error> problems{};  ///< of the members
};

/// The parts in the order in which they stand on each other.
class hdf5_tree final : public tree {
public:
    hdf5_tree(opened_source opened, hdf5_parts parts, tree_options options)
        : reference_(std::move(opened.reference)), client_(std::move(opened.client)),
          cached_(opened.cached), parts_(std::move(parts)),
          codecs_(options.codecs ? std::move(*options.codecs) : codec::built_in_filters()),
          budget_(options.max), reader_(*parts_.source, budget_), file_(reader_, codecs_)
    {
        if (parts_.beside)
            file_.others = &others_.emplace(*parts_.beside, codecs_, options.max);
        file_.members_joined = parts_.joined;
    }

    tree_kind kind() const noexcept override { return tree_kind::hdf5; }
    io::reader& reader() noexcept override { return reader_; }
    node::file& file() noexcept override { return file_; }
    std::string const& reference() const noexcept override { return reference_; }
    cache::cached_source const* cached() const noexcept override { return cached_; }
    net::client* client() const noexcept override { return client_.get(); }

    result<void> read_graph(node::read_options options) override
    {
        auto const done = reader_.run(node::read_graph(file_, std::move(options)));
        if (!done)
            return done;
        for (auto& problem : parts_.problems)
            file_.contents.problems.push_back(std::move(problem));
        parts_.problems.clear();
        return {};
    }

    bool may_have_members() const noexcept override
    {
        auto const& info = file_.contents.file;
        bool const is_short = info.superblock.end_of_file != hdf5::undefined_address &&
                              info.superblock.end_of_file > info.size;
        return file_.others == nullptr && (info.driver || is_short);
    }

private:
    std::string reference_;
    std::shared_ptr<net::client> client_;
    cache::cached_source const* cached_;
    hdf5_parts parts_;
    codec::registry codecs_;
    std::optional<node::other_files> others_;
    lindi::budget budget_;
    io::reader reader_;
    node::file file_;
};

/// Puts the file and its members together, if it has any.
result<void> join(hdf5_parts& to, std::string const& path, tree_options const& options)
{
    auto const name = path.substr(path.rfind('/') + 1);
    auto joined =
        node::join_members(to.source, name, options.others.members, *to.beside, options.max);
    if (!joined)
        return joined.error().within(path);
    to.joined = joined->source != nullptr;
    to.problems = std::move(joined->problems);
    if (to.joined)
        to.source = std::move(joined->source);
    return {};
}

}  // namespace

result<std::unique_ptr<tree>>
make_hdf5_tree(opened_source opened, std::string const& path, tree_options options)
{
    auto const& others = options.others;
    hdf5_parts parts;
    parts.source = std::move(opened.source);
    if (is_url(path) && !others.members.empty())
        return error(errc::unsupported, error::nowhere, "members", "those of a URL are not opened")
            .within(path);
    if (others.follow || !others.members.empty()) {
        auto beside = files_beside(path);
        if (!beside)
            return beside.error();
        parts.beside = std::move(*beside);
        if (!is_url(path))
            if (auto const done = join(parts, path, options); !done)
                return done.error();
    }
    return std::unique_ptr<tree>(
        new hdf5_tree(std::move(opened), std::move(parts), std::move(options))
    );
}

}  // namespace lindi::open
