/// \file
/// Codecs that calculate: delta, fixedscaleoffset, packbits.

#pragma once

#include <lindi/zarr/numcodecs.hpp>

namespace lindi::zarr {

/// Numbers from their differences. Integers wrap around, as numpy's.
[[nodiscard]] result<lindi::bytes>
decode_delta(codec_call const& call, block_view in, std::uint64_t max_size);

/// encoded / scale + offset, in double; integers are cut towards zero.
[[nodiscard]] result<lindi::bytes>
decode_fixed_scale_offset(codec_call const& call, block_view in, std::uint64_t max_size);

/// Booleans, eight in a byte, the first in the highest bit; one byte in front says how many bits at
/// the end are none.
[[nodiscard]] result<lindi::bytes> decode_packbits(block_view in, std::uint64_t max_size);

}  // namespace lindi::zarr
