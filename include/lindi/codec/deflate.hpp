/// \file
/// Filter 1, deflate: a zlib stream (RFC 1950).

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes deflate. Bytes after the end of the stream are ignored, as by libhdf5. Client data is not
/// used.
/// \return as decode_function says; a wrong Adler-32 is bad_value
[[nodiscard]] result<bytes>
decode_deflate(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
