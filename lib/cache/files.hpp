/// \file
/// The files that a cache has ranges of: the table `files`, and what goes when there is no room.

#pragma once

#include "database.hpp"
#include "records.hpp"

namespace lindi::cache {

/// Microseconds since 1970.
std::uint64_t now();

/// The record, when it is of this very content.
std::optional<file_record>
find_file(database const& db, transaction const& in, std::string const& id, std::string_view text);

/// Removes a file with all its ranges. \return 0 or a code of LMDB
int remove_file(database const& db, transaction const& in, std::string const& id);

/// Removes whole files, those first that nobody used for the longest time, until `wanted` more
/// bytes fit into `limit`. \return 0 or a code of LMDB; MDB_NOTFOUND when even an empty cache has
/// no room
int make_room(database const& db, transaction const& in, std::uint64_t wanted, std::uint64_t limit);

/// Removes the file that nobody used for the longest time.
int evict_one(database const& db, transaction const& in);

}  // namespace lindi::cache
