/// \file
/// A file that objects are copied from: LINDI or HDF5, here or behind a URL.

#pragma once

#include "environment.hpp"
#include "remote_options.hpp"

#include <lindi/edit/file.hpp>

#include <string>
#include <vector>

namespace lindi::tools {

struct copy_source {
    edit::file file;
    std::vector<std::string> problems{};  ///< of an HDF5 file: what LINDI cannot say of it
};

/// Opens a LINDI file for reading; of an HDF5 file, or a document behind a URL, its document in
/// memory: chunks stay where they are, and become references.
/// \param command  a literal
/// \param env      outlives the source
/// \return the source; or what opening, reading and indexing fail with
result<copy_source> open_copy_source(
    char const* command, std::string const& path, remote_options const& remote, environment& env
);

}  // namespace lindi::tools
