/// \file
/// Filter 307, bzip2: a bzip2 stream.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes bzip2. Bytes after the end of the stream are ignored. Client data is not used.
[[nodiscard]] result<bytes>
decode_bzip2(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
