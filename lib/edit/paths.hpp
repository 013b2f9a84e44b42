/// \file
/// Paths in a LINDI file: which names it can have, and how its keys spell them.

#pragma once

#include <lindi/core/error.hpp>

#include <string>
#include <string_view>

namespace lindi::edit {

/// Puts a path together. Slashes may be repeated; a path that begins with one starts at the root.
/// \param base  without slashes at its ends; "" is the root
/// \return the path as keys begin: "acquisition/data", "" for the root; or errc::bad_value for a
///   name that LINDI or its readers do not have: ".", "..", "\", NUL, bytes that are no UTF-8, and
///   those that Zarr needs (".zgroup", ".zarray", ".zattrs", ".zmetadata")
result<std::string> join_path(std::string_view base, std::string_view path);

/// Everything but the last name; "" at the root.
std::string_view parent_of(std::string_view path) noexcept;
std::string_view name_of(std::string_view path) noexcept;

/// "acquisition/data" and ".zarray" as "acquisition/data/.zarray".
std::string key_of(std::string_view path, std::string_view leaf);

/// Whether `path` is `folder` or something in it.
bool is_within(std::string_view path, std::string_view folder) noexcept;

/// For messages and references: with a slash in front.
std::string absolute(std::string_view path);

}  // namespace lindi::edit
