/// \file
/// numcodecs' lz4: the decoded size (32 bits, little-endian), then one LZ4 block.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes LZ4 as numcodecs writes it, which is not filter 32004. Client data is not used.
[[nodiscard]] result<bytes>
decode_lz4_sized(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
