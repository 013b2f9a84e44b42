/// \file
/// Whether a database file is as long as its pages say: LMDB does not look, and a page past the end
/// would end the process with SIGBUS.

#pragma once

#include <lmdb.h>

#include <string>

namespace lindi::cache {

/// A file may end early for a sound reason: the last pages of a transaction were let go again
/// before they were written. It is made longer then, and all pages are looked at: zeros in the
/// place of one that is used are MDB_CORRUPTED. \return 0, or a code of LMDB or the system
int check_length(MDB_env* env, std::string const& folder);

}  // namespace lindi::cache
