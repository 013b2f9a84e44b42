/// \file
/// Filters 32022 and 32023, BitGroom and Granular BitRound: they round floating-point numbers
/// before a later filter compresses them.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Copies: the rounded numbers are ordinary numbers, and what was rounded away is gone. Client data
/// is not used.
[[nodiscard]] result<bytes>
decode_quantized(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
