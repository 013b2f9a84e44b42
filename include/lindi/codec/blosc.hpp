/// \file
/// Filter 32001 and a Zarr codec: a Blosc version 1 frame.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes Blosc. Client data is not used: the frame tells everything.
/// \return as decode_function says; unsupported is the inner codec snappy, and errc::missing_filter
///   one whose library the build did not have
[[nodiscard]] result<bytes>
decode_blosc(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
