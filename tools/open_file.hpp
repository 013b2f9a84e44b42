/// \file
/// A file or URL, opened and ready to be walked.

#pragma once

#include "environment.hpp"
#include "read_log.hpp"

#include <lindi/codec/codec.hpp>
#include <lindi/node/file.hpp>
#include <lindi/node/read_graph.hpp>
#include <lindi/open/open_source.hpp>

#include <memory>
#include <string>

namespace lindi::tools {

/// The parts in the order in which they stand on each other.
class open_file {
public:
    /// \param path  of a regular file, or a URL
    /// \param log   told about all reads and requests; outlives the file; null: nobody is
    /// \return the file; or why not, as open::open_source
    static result<std::unique_ptr<open_file>>
    open(std::string const& path, open::source_options options = {}, read_log* log = nullptr);

    open_file(open_file const&) = delete;
    open_file& operator=(open_file const&) = delete;
    ~open_file();

    io::reader& reader() noexcept { return reader_; }
    node::file& file() noexcept { return file_; }
    node::graph const& graph() const noexcept { return file_.contents; }
    io::read_stats stats() const noexcept { return reader_.stats(); }
    open::opened_source const& source() const noexcept { return opened_; }

    /// Reads the structure: `graph` is filled. \return as node::read_graph
    result<void> read_graph(node::read_options options);

    /// Whether all reads could be done. What a cache lacks, offline, is no damage of the file.
    /// \return nothing; or errc::not_found
    result<void> check_complete() const;

private:
    explicit open_file(open::opened_source opened);

    open::opened_source opened_;
    codec::registry codecs_;
    lindi::budget budget_;
    io::reader reader_;
    node::file file_;
};

/// Lists what could not be read on env.err, a line each.
/// \return exit_problems when there was something, exit_ok otherwise
int report_problems(std::string_view command, open_file const& from, environment& env);

}  // namespace lindi::tools
