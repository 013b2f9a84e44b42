/// \file
/// zlib's decompressor, bounded: what deflate and gzip share.

#pragma once

#include <lindi/codec/codec.hpp>

namespace lindi::codec {

enum class deflate_wrapper {
    zlib,  ///< RFC 1950, one stream; what follows it is ignored
    gzip,  ///< RFC 1952, one member behind the other; zeros behind the last are passed over
};

/// \param name  of the filter, for errors; lives for ever
/// \return as decode_function says; a wrong check sum is bad_value
[[nodiscard]] result<bytes>
inflate_all(block_view in, deflate_wrapper wrapper, char const* name, std::uint64_t max_size);

}  // namespace lindi::codec
