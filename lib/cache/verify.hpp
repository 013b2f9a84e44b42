/// \file
/// Looking at every value of a database.

#pragma once

#include "database.hpp"

#include <lindi/cache/store.hpp>

namespace lindi::cache {

/// Removes what does not match its checksum or belongs to no file, and counts all anew.
/// \return 0 or a code of LMDB
int verify_all(database const& db, transaction const& in, store_check& out);

}  // namespace lindi::cache
