/// \file
/// Filter 32026, Blosc2: a contiguous frame of one chunk, which may have dimensions (b2nd).

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes Blosc2.
/// \param values  version, block size, type size, chunk size; if there are more, in the eighth the
///   rank and then the shape of the chunk, which must be the frame's
/// \return as decode_function says; unsupported are codecs and filters from outside c-blosc2,
///   dictionaries and blocks of varying size; errc::missing_filter is a codec whose library the
///   build did not have
[[nodiscard]] result<bytes>
decode_blosc2(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
