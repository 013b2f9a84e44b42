/// \file
/// Filter 32013, zfp: a compressed field of integers or floating-point numbers, as H5Z-ZFP stores
/// it.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes zfp, all of its modes, of the codec version 5 (zfp 0.5 to 1.0).
/// \param values  versions of the filter and the library, then zfp's own header: version of the
///   codec, type and shape, mode. Words of a writer with the other byte order are turned round, and
///   so are the numbers, which such a dataset has big-endian.
/// \return as decode_function says; errc::unsupported_version for another version of the codec
[[nodiscard]] result<bytes> decode_zfp(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
