/// \file
/// Filter 5, nbit: elements without their padding bits, packed without gaps.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes nbit; padding bits come back as 0.
/// \param values  their number, whether nothing was packed, number of elements, then the datatype:
///   class (1 atomic, 2 array, 3 compound, 4 not packed), size and what the class needs
/// \return as decode_function says; unsupported is a compound with a member behind an array of
///   arrays or compounds: libhdf5 loses that member's data when it writes
[[nodiscard]] result<bytes>
decode_nbit(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
