/// \file
/// Keys of chunks: "0", "3.0", "1.0.2", and with the separator '/' "1/0/2".

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace lindi::rfs {

/// \param text  of the key, behind its array's path
/// \param grid  chunks per dimension, shape [rank]
/// \return the number of the chunk in C order; nothing when the text is no key of a chunk inside
///   the grid. Arrays of rank 0 have the one chunk "0"
std::optional<std::uint64_t>
parse_chunk_key(std::string_view text, char separator, std::span<std::uint64_t const> grid);

}  // namespace lindi::rfs
