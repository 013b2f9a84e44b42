/// \file
/// Filter 32004, LZ4: decoded size (64 bits) and block size (32 bits), big-endian, then blocks.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes LZ4. A block of its decoded size was not compressed. Client data is not used.
[[nodiscard]] result<bytes> decode_lz4(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
