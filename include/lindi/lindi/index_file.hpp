/// \file
/// From an HDF5 file to its LINDI file in one walk.

#pragma once

#include <lindi/lindi/export.hpp>
#include <lindi/node/file.hpp>

namespace lindi::rfs {

/// Reads the file's structure, and meanwhile the data that go into the LINDI file; then writes it.
///
/// \param f            its `contents` is filled
/// \param on_progress  called now and then with the number of objects found; may be empty
/// \return what was written; or why the file is no HDF5 file (node::read_graph) or could not be
///   written (write_reference_file)
task<result<export_report>> index_file(
    node::file& f,
    export_options options,
    text_sink sink,
    std::function<void(std::uint64_t)> on_progress = {}
);

}  // namespace lindi::rfs
