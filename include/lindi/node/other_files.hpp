/// \file
/// Files that data of a file lie in: opened on demand, each once, read on the caller's thread.

#pragma once

#include <lindi/io/file_set.hpp>
#include <lindi/node/file.hpp>

#include <map>

namespace lindi::node {

/// Other files have a budget of their own, one for all of them.
class other_files {
public:
    /// \param from    opens them; outlives this, as `codecs` does
    /// \param codecs  filters of their data
    /// \param max     for all of them together; other_files is their number
    other_files(io::file_set& from, codec::registry const& codecs, limits const& max);
    other_files(other_files const&) = delete;
    other_files& operator=(other_files const&) = delete;
    ~other_files();

    /// The HDF5 file that `from` names, with its graph but without chunk tables and with the
    /// extents of virtual datasets as they are stored.
    /// \return the file, which lives as long as this; or errc::not_found when there is none of
    ///   that name, errc::too_large (the number, or eight files deep), and what opening and
    ///   reading it fail with
    result<file*> open(file const& from, std::string const& name);
    /// Any file that `from` names. \return as above, without its contents being looked at
    result<std::shared_ptr<io::source>> open_raw(file const& from, std::string const& name);

private:
    struct opened;

    result<opened*> open_source(file const& from, std::string const& name);

    io::file_set* from_;
    codec::registry const* codecs_;
    lindi::budget budget_;
    std::map<std::string, std::unique_ptr<opened>> by_name_;
    std::uint64_t count_ = 0;
};

}  // namespace lindi::node
