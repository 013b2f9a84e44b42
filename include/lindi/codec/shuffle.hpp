/// \file
/// Filter 2, shuffle: the first byte of every element, then the second bytes, and so on.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes shuffle. Bytes past the last whole element stay where they are.
/// \param values  the size of an element; not 0
[[nodiscard]] result<bytes>
decode_shuffle(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
