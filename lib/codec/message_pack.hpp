/// \file
/// The few forms of MessagePack that Blosc2 writes: each value always in the same one.

#pragma once

#include "big_endian.hpp"

namespace lindi::codec {

/// Reads the byte that says what follows, and fails unless it is this.
inline void expect_marker(cursor& c, std::uint8_t marker)
{
    c.require(c.u8() == marker, errc::bad_value, "MessagePack type");
}

inline unsigned read_uint16(cursor& c, std::uint8_t marker)
{
    expect_marker(c, marker);
    return static_cast<unsigned>(big_endian(c, 2));
}

/// An int 32 that is not negative.
inline std::uint32_t read_int32(cursor& c)
{
    expect_marker(c, 0xd2);
    auto const value = static_cast<std::uint32_t>(big_endian(c, 4));
    c.require(value >> 31 == 0, errc::bad_value, "negative number");
    return value;
}

/// An int 64 or uint 64 below 2^63.
inline std::uint64_t read_int64(cursor& c, std::uint8_t marker)
{
    expect_marker(c, marker);
    auto const value = big_endian(c, 8);
    c.require(value >> 63 == 0, errc::bad_value, "negative number");
    return value;
}

}  // namespace lindi::codec
