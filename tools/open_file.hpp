/// \file
/// A file or URL, opened and ready to be walked.

#pragma once

#include "follow_options.hpp"
#include "remote_options.hpp"

#include <lindi/codec/codec.hpp>
#include <lindi/node/file.hpp>
#include <lindi/node/members.hpp>
#include <lindi/node/other_files.hpp>
#include <lindi/node/read_graph.hpp>
#include <lindi/open/open_source.hpp>

#include <memory>
#include <string>

namespace lindi::tools {

/// The parts in the order in which they stand on each other.
class open_file {
public:
    /// \param path  of a regular file, or a URL
    /// \return the file; or why not, as open::open_source
    static result<std::unique_ptr<open_file>>
    open(std::string const& path, open::source_options options = {});
    /// As above, with the files beside it that the options allow.
    /// \return the file; or why not, as above, open::files_beside and node::join_members
    static result<std::unique_ptr<open_file>>
    open(std::string const& path, open::source_options options, follow_options const& others);

    open_file(open_file const&) = delete;
    open_file& operator=(open_file const&) = delete;

    io::reader& reader() noexcept { return reader_; }
    node::file& file() noexcept { return file_; }
    node::graph const& graph() const noexcept { return file_.contents; }
    open::opened_source const& source() const noexcept { return parts_.opened; }

    /// Reads the structure: `graph` is filled. \return as node::read_graph
    result<void> read_graph(node::read_options options);

    /// Whether all reads could be done. What a cache lacks, offline, is no damage of the file.
    /// \return nothing; or errc::not_found
    result<void> check_complete() const;

private:
    /// The file, or all that belong to it, and what opens others.
    struct parts {
        open::opened_source opened;  ///< without the source
        std::shared_ptr<io::source> source{};
        std::unique_ptr<io::file_set> beside{};  ///< null: no others
        bool joined = false;                     ///< the source has all members
        std::vector<error> problems{};           ///< of the members
    };
    static result<void> join(parts& to, std::string const& path, std::string const& members);
    explicit open_file(parts from);

    parts parts_;
    codec::registry codecs_;
    std::optional<node::other_files> others_;
    lindi::budget budget_;
    io::reader reader_;
    node::file file_;
};

/// Opens a file and reads its structure; says on env.err why not, in one line.
/// \return null when that failed
std::unique_ptr<open_file> open_and_read(
    std::string_view command,
    std::string const& path,
    remote_options const& remote,
    follow_options const& others,
    environment& env,
    node::read_options options
);

/// Lists what could not be read on env.err, a line each.
/// \return exit_problems when there was something, exit_ok otherwise
int report_problems(std::string_view command, open_file const& from, environment& env);

}  // namespace lindi::tools
