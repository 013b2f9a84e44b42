/// \file
/// numcodecs' gzip: members of RFC 1952, one behind the other.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

/// Undoes gzip. Zeros behind the last member are passed over, as by Python. Client data is not
/// used.
/// \return as decode_function says; a wrong CRC or length is bad_value
[[nodiscard]] result<bytes>
decode_gzip(block_view in, client_values values, std::uint64_t max_size);

}  // namespace lindi::codec
