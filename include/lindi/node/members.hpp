/// \file
/// Files whose address space lies in several files: families, split and multi files.
/// HDF5 File Format Specification v3.0, II.B; the names of a family's members are nowhere stored.

#pragma once

#include <lindi/core/limits.hpp>
#include <lindi/io/file_set.hpp>

#include <string>
#include <vector>

namespace lindi::node {

struct joined_members {
    std::unique_ptr<io::source> source{};  ///< null: the file is not one of several
    std::vector<error> problems{};         ///< members that are missing or cannot be opened
};

/// Finds out whether a file is the first of several, and puts them together.
/// Without `pattern`, members of a family are looked for when the file says that it is one, or is
/// shorter than its superblock says: names that count up from the last number in `name` that is
/// zero. Files with a superblock of their own are then no members.
///
/// \param first    the whole file; answers inside its `fetch`
/// \param name     of it, without folder
/// \param pattern  names of a family's members, with %d or %05d for their number; or what %s stands
///   for in the names that a split or multi file has stored; empty: find out
/// \param beside   opens the others
/// \param max      other_files: members besides the first
/// \return the whole; or errc::bad_value (the pattern, names of another form), errc::too_large, and
///   what opening members fails with
result<joined_members> join_members(
    std::shared_ptr<io::source> first,
    std::string const& name,
    std::string const& pattern,
    io::file_set& beside,
    limits const& max
);

}  // namespace lindi::node
