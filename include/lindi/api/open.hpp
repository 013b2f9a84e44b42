/// \file
/// Opens files by path or URL: the API with network and cache behind it.

#pragma once

#include <lindi/api/file.hpp>
#include <lindi/open/open_source.hpp>

namespace lindi {

/// \param path_or_url  path of a regular file; http, https or s3 URL, DANDI's among them
/// \return the file; or what open::open_source and file::from_source say
[[nodiscard]] result<file> open_file(
    std::string const& path_or_url, open_options options = {}, open::source_options from = {}
);

}  // namespace lindi
