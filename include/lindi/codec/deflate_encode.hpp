/// \file
/// Writes zlib and gzip streams. RFC 1950, RFC 1952.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/error.hpp>

namespace lindi::codec {

/// \param level  0 (stored) to 9 (smallest)
/// \return the stream; or errc::bad_value for another level
[[nodiscard]] result<bytes> encode_zlib(std::span<std::byte const> data, int level);

/// As above with gzip's header, without name and time: the same data give the same stream.
[[nodiscard]] result<bytes> encode_gzip(std::span<std::byte const> data, int level);

}  // namespace lindi::codec
