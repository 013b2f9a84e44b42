/// \file
/// Filter 6, scaleoffset: elements less their minimum, in as few bits as the largest needs.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes scaleoffset.
/// \param values  the 20 values of libhdf5: scale type and factor, number of elements; class, size,
///   sign and byte order of an element; whether there is a fill value, and the fill value
[[nodiscard]] result<bytes>
decode_scaleoffset(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
