/// \file
/// Big-endian fields, which only filters have.

#pragma once

#include <lindi/core/cursor.hpp>

namespace lindi::codec {

inline std::uint64_t big_endian(cursor& c, unsigned width)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width; ++i)
        value = value << 8 | c.u8();
    return value;
}

}  // namespace lindi::codec
