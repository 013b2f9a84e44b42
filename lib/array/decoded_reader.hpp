/// \file
/// Chunks of files that are not HDF5: a decoder of their own makes elements of them.

#pragma once

#include "chunk_plan.hpp"

#include <lindi/node/file.hpp>

namespace lindi::array {

/// Reads what the part needs of the chunks and puts it in place. Of chunks whose bytes are their
/// elements only the rows needed are read.
/// \param data         has a decoder
/// \param chunk_bytes  of a decoded chunk
task<result<void>> read_decoded(
    node::file& f,
    node::dataset const& data,
    std::vector<touched_chunk> chunks,
    hyperslab part,
    std::uint64_t chunk_bytes,
    std::span<std::byte> out
);

}  // namespace lindi::array
