/// \file
/// A file or URL, opened and ready to be walked.

#pragma once

#include "environment.hpp"

#include <lindi/codec/codec.hpp>
#include <lindi/node/file.hpp>
#include <lindi/node/members.hpp>
#include <lindi/node/other_files.hpp>
#include <lindi/node/read_graph.hpp>
#include <lindi/open/open_source.hpp>

#include <memory>
#include <string>

namespace lindi::tools {

/// Whether the file is the only one that is opened.
struct follow_options {
    /// Other files in its folder may be: members, external raw data, sources of virtual datasets.
    bool follow = false;
    std::string members{};  ///< how the members are named: see node::join_members
};

/// The parts in the order in which they stand on each other.
class open_file {
public:
    /// \param path  of a regular file, or a URL
    /// \return the file; or why not, as open::open_source and node::join_members
    static result<std::unique_ptr<open_file>>
    open(std::string const& path, follow_options const& others = {});

    open_file(open_file const&) = delete;
    open_file& operator=(open_file const&) = delete;

    io::reader& reader() noexcept { return reader_; }
    node::file& file() noexcept { return file_; }
    node::graph const& graph() const noexcept { return file_.contents; }

    /// Reads the structure: `graph` is filled. \return as node::read_graph
    result<void> read_graph(node::read_options options);

private:
    /// The file, or all that belong to it, and what opens others.
    struct parts {
        std::shared_ptr<io::source> source{};
        std::shared_ptr<net::client> client{};
        std::unique_ptr<io::file_set> beside{};  ///< null: no others
        bool joined = false;
        std::vector<error> problems{};  ///< of the members
    };
    static result<void>
    join(parts& to, std::string const& path, std::string const& members, limits const& max);
    open_file(parts from, limits const& max);

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
    follow_options const& others,
    environment& env,
    node::read_options options
);

/// Lists what could not be read on env.err, a line each.
/// \return exit_problems when there was something, exit_ok otherwise
int report_problems(std::string_view command, open_file const& from, environment& env);

}  // namespace lindi::tools
