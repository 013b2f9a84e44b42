/// \file
/// A file or URL, opened and ready to be walked.

#pragma once

#include "environment.hpp"
#include "read_log.hpp"

#include <lindi/open/open_tree.hpp>

#include <memory>
#include <string>

namespace lindi::tools {

class open_file {
public:
    /// \param path  of a regular file, of a LINDI directory, or a URL
    /// \param log   told about all reads and requests; outlives the file; null: nobody is
    /// \return the file; or why not, as open::tree::open
    static result<std::unique_ptr<open_file>> open(
        std::string const& path,
        open::source_options options = {},
        open::follow_options others = {},
        read_log* log = nullptr
    );

    open_file(open_file const&) = delete;
    open_file& operator=(open_file const&) = delete;
    ~open_file();

    open::tree_kind kind() const noexcept { return tree_->kind(); }
    /// Null for an HDF5 file.
    rfs::tree_input const* document() const noexcept { return tree_->document(); }
    bool is_hdf5() const noexcept { return tree_->kind() == open::tree_kind::hdf5; }
    io::reader& reader() noexcept { return tree_->reader(); }
    node::file& file() noexcept { return tree_->file(); }
    node::graph const& graph() const noexcept { return tree_->graph(); }
    std::string const& reference() const noexcept { return tree_->reference(); }
    bool may_have_members() const noexcept { return tree_->may_have_members(); }
    /// The cache in front of the file; null: there is none.
    cache::cached_source const* cached() const noexcept { return tree_->cached(); }
    net::client* client() const noexcept { return tree_->client(); }

    /// Reads the structure: `graph` is filled. \return as node::read_graph
    result<void> read_graph(node::read_options options);

    /// Whether all reads of a remote HDF5 file could be done. What a server did not send, or a
    /// cache lacks, offline, is no damage of the file. \return nothing; or errc::not_found, or what
    /// the first read failed with
    result<void> check_complete() const;

private:
    explicit open_file(std::unique_ptr<open::tree> tree) : tree_(std::move(tree)) {}

    std::unique_ptr<open::tree> tree_;
};

/// Lists what could not be read on env.err, a line each.
/// \return exit_problems when there was something, exit_ok otherwise
int report_problems(std::string_view command, open_file const& from, environment& env);

}  // namespace lindi::tools
