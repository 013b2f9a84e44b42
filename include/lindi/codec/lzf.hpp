/// \file
/// Filter 32000, h5py's LZF: literal runs and back references, without a header.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes LZF. Client data is not used: the chunk size in it is only a hint.
[[nodiscard]] result<bytes> decode_lzf(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
