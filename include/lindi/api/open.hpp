/// \file
/// Opens files by path or URL: the API with network and cache behind it.

#pragma once

#include <lindi/api/file.hpp>
#include <lindi/open/open_tree.hpp>

namespace lindi {

/// Opens an HDF5 file or a LINDI document (JSON, tar or directory); its content says what it is.
/// \param path_or_url  path of a file or LINDI directory; http, https or s3 URL, DANDI's among them
/// \param options      its limits and filters count, those of `from` do not
/// \param from         client and cache for URLs, other files, trust in what documents name
/// \return the file; or what open::tree::open and file::from_source say
[[nodiscard]] result<file>
open_file(std::string const& path_or_url, open_options options = {}, open::tree_options from = {});

/// The same for what is open already. \param options  limits and filters are those of the tree
[[nodiscard]] result<file> open_file(std::unique_ptr<open::tree> tree, open_options options = {});

}  // namespace lindi
