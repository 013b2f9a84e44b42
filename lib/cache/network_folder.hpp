/// \file
/// Whether a folder is on a file system that other machines write to: LMDB's locks and its memory
/// map hold only for one.

#pragma once

#include <string>

namespace lindi::cache {

/// Name of the network file system by its magic number, statfs(2); empty for others.
std::string network_file_system(long magic);

/// The same of a folder; empty too when that cannot be found out.
std::string network_file_system_of(std::string const& folder);

}  // namespace lindi::cache
