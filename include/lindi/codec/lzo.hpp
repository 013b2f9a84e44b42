/// \file
/// Filter 305, LZO: the LZO1X stream that PyTables writes.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes LZO. Client data is not used: the stream says where it ends, and what PyTables 0.7 put
/// behind it (the Adler-32 of the data and their size, 32 bits each) is verified where it is there.
[[nodiscard]] result<bytes> decode_lzo(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
