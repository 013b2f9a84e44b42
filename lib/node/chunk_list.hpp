/// \file
/// Stored chunks of a dataset, whichever index the file uses.

#pragma once

#include <lindi/node/file.hpp>

namespace lindi::node {

/// Walks the dataset's chunk index and makes its chunk table.
/// Costs one wave per level of the index.
/// \param data  in f.contents, layout chunked
/// \return the table; or errc::bad_value (a chunk outside the grid or twice), errc::truncated (a chunk past the
///   end of the file), errc::too_large, and what reading and decoding fail with
task<result<chunk_table>> list_chunks(file& f, dataset const& data);

}  // namespace lindi::node
