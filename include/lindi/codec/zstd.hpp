/// \file
/// Filter 32015, Zstandard: one frame or several.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes Zstandard. Client data is not used.
[[nodiscard]] result<bytes>
decode_zstd(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
