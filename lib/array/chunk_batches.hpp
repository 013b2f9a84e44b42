/// \file
/// Stored chunks, fetched and decoded batch by batch.

#pragma once

#include <lindi/node/file.hpp>

#include <functional>
#include <vector>

namespace lindi::array {

/// What is done with each chunk. Both get the chunk's index.
struct chunk_work {
    /// Decodes; on several threads.
    std::function<result<void>(std::size_t, block const&)> decode;
    /// Afterwards, one chunk after the other on the caller's thread; may be empty.
    std::function<result<void>(std::size_t)> finish;
};

/// Fetches a batch in one wave and decodes it side by side, until all is done. Stored and decoded
/// bytes of a batch are bounded; decoding counts like reading, as small chunks may become large.
/// \param ranges       of the chunks
/// \param chunk_bytes  of one decoded
/// \param work         outlives the task
/// \return nothing; or what reading, `work` and the budget fail with
task<result<void>> decode_batches(
    node::file& f,
    std::vector<io::byte_range> const& ranges,
    std::uint64_t chunk_bytes,
    chunk_work const& work
);

}  // namespace lindi::array
