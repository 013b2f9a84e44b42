/// \file
/// Stored chunks of a dataset, whichever index the file uses.

#pragma once

#include <lindi/node/file.hpp>

#include <optional>

namespace lindi::node {

/// A box of the chunk grid, in chunks, corners included. Shape [rank].
struct chunk_box {
    std::vector<std::uint64_t> first;
    std::vector<std::uint64_t> last;
};

/// Walks the dataset's chunk index and makes its chunk table.
/// Costs one wave per level of the index.
/// \param data  in f.contents, layout chunked
/// \param only  chunks outside of this box may be left out: branches of a version 1 B-tree that
/// hold none of
///   it are not read
/// \return the table; or errc::bad_value (a chunk outside the grid or twice), errc::truncated (a
/// chunk past the
///   end of the file), errc::too_large, and what reading and decoding fail with
task<result<chunk_table>>
list_chunks(file& f, dataset const& data, std::optional<chunk_box> only = {});

}  // namespace lindi::node
