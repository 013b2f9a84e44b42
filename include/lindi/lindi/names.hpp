/// \file
/// Names of HDF5 objects as keys and paths of a LINDI file.

#pragma once

#include <string>
#include <string_view>

namespace lindi::rfs {

/// A name or path in which every byte that is no UTF-8 became "%HH": readers of strict JSON would
/// refuse the whole file otherwise.
std::string written_name(std::string_view name);

/// For messages: such bytes as "\xHH".
std::string printable_name(std::string_view name);

/// The absolute path that `target` means in the group `group` ("/" or "/a/b"): without repeated or
/// trailing slashes and "." parts. ".." is an ordinary name in HDF5.
std::string absolute_path(std::string_view group, std::string_view target);

}  // namespace lindi::rfs
