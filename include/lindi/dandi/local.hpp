/// \file
/// Assets without an archive: a list, or the files below a folder.

#pragma once

#include <lindi/dandi/filter.hpp>
#include <lindi/dandi/source.hpp>

#include <istream>
#include <memory>

namespace lindi::dandi {

/// A line each: see `decode_list_line`. Assets without an id get one that their URL decides.
/// \param lines  outlives the source, and is read once
/// \param name   of the list, for messages
std::unique_ptr<asset_source> list_of(std::istream& lines, std::string name, asset_filter filter);

/// Regular files below a folder; symbolic links are not followed.
/// \param reference  URL that stands for the folder in references; empty: absolute paths
std::unique_ptr<asset_source>
files_below(std::string folder, std::string reference, asset_filter filter);

}  // namespace lindi::dandi
