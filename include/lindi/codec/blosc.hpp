/// \file
/// Filter 32001 and a Zarr codec: a Blosc version 1 frame.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes Blosc with any of its inner codecs but snappy (errc::unsupported), and those whose
/// library is absent from the build (errc::missing_filter). Client data is not used: the frame
/// tells everything.
[[nodiscard]] result<bytes>
decode_blosc(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
