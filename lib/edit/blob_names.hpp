/// \file
/// Names of blobs: those of Python lindi where tars and folders can have them, short ones
/// elsewhere.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lindi::edit {

constexpr std::string_view blob_folder = "blobs/";

/// Whether a path stays where it is put and every system and tar program takes it: ASCII letters,
/// digits, `.`, `_`, `-`; no part that is empty, `.` or `..`; room for a version behind it.
bool is_plain_path(std::string_view path) noexcept;

/// Name of the blob of a key.
/// \param version  0: the first to be tried, "blobs/a/0.0"; others, when that is taken or cannot
///   be: "blobs/a/0.0.v7", or "blobs/7" for keys that are no plain paths
std::string blob_name(std::string_view key, std::uint64_t version);

/// For what cannot lie where its key says: "blobs/7".
std::string numbered_blob_name(std::uint64_t number);

}  // namespace lindi::edit
