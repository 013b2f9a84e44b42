/// \file
/// A file or URL, opened and ready to be walked.

#pragma once

#include "remote_options.hpp"

#include <lindi/open/open_tree.hpp>

#include <memory>
#include <string>

namespace lindi::tools {

class open_file {
public:
    /// \param path  of a regular file, of a LINDI directory, or a URL
    /// \return the file; or why not, as open::tree::open
    static result<std::unique_ptr<open_file>> open(
        std::string const& path, open::source_options options = {}, open::follow_options others = {}
    );

    open_file(open_file const&) = delete;
    open_file& operator=(open_file const&) = delete;

    bool is_hdf5() const noexcept { return tree_->kind() == open::tree_kind::hdf5; }
    io::reader& reader() noexcept { return tree_->reader(); }
    node::file& file() noexcept { return tree_->file(); }
    node::graph const& graph() const noexcept { return tree_->graph(); }
    std::string const& reference() const noexcept { return tree_->reference(); }
    bool may_have_members() const noexcept { return tree_->may_have_members(); }
    net::client* client() const noexcept { return tree_->client(); }

    /// Reads the structure: `graph` is filled. \return as node::read_graph
    result<void> read_graph(node::read_options options);

    /// Whether all reads could be done. What a cache lacks, offline, is no damage of the file.
    /// \return nothing; or errc::not_found
    result<void> check_complete() const;

private:
    explicit open_file(std::unique_ptr<open::tree> tree) : tree_(std::move(tree)) {}

    std::unique_ptr<open::tree> tree_;
};

/// Opens a file and reads its structure; says on env.err why not, in one line.
/// \return null when that failed
std::unique_ptr<open_file> open_and_read(
    std::string_view command,
    std::string const& path,
    remote_options const& remote,
    open::follow_options const& others,
    environment& env,
    node::read_options options
);

/// Lists what could not be read on env.err, a line each.
/// \return exit_problems when there was something, exit_ok otherwise
int report_problems(std::string_view command, open_file const& from, environment& env);

}  // namespace lindi::tools
