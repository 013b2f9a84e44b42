/// \file
/// Filter 4, szip: the decoded size (32 bits), then extended Rice coding (CCSDS 121.0-B).

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes szip.
/// \param values  option mask, pixels per block, bits per pixel, pixels per scan line
[[nodiscard]] result<bytes>
decode_szip(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
