/// \file
/// Filter 32020, VBZ: Oxford Nanopore's integers, as differences in as few bytes as each needs,
/// then Zstandard.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes VBZ.
/// \param values  version (0 or 1), bytes of an integer (1, 2 or 4), whether they are differences,
///   level of Zstandard (absent: 1; 0: not used)
[[nodiscard]] result<bytes> decode_vbz(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
