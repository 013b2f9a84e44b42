/// \file
/// LZO1X, the stream format of liblzo2's lzo1x_* functions. There is no specification; this follows
/// the description in the Linux kernel's Documentation/staging/lzo.rst, bitstream version 0.

#pragma once

#include "lz_output.hpp"

#include <lindi/core/cursor.hpp>

namespace lindi::codec {

/// No byte of a stream stands for more than this many.
constexpr std::uint64_t lzo1x_most_per_byte = 255;

/// Decodes up to the mark at the end of the stream; failures stay in `c`: errc::truncated,
/// bad_value, and too_large where `out` is full.
void decode_lzo1x(cursor& c, lz_output& out);

}  // namespace lindi::codec
