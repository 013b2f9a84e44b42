/// \file
/// What a fuzzer hands over: the widths of the file's numbers, then the bytes of a structure.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace lindi::fuzz {

/// The first byte holds the widths: bits 0-1 offsets, bits 2-3 lengths; 0 is 8 bytes, 1 is 4,
/// else 2.
struct input {
    hdf5::file_sizes sizes;
    block_view body;
};

inline std::uint8_t to_width(unsigned bits)
{
    return bits == 0 ? 8 : bits == 1 ? 4 : 2;
}

/// \pre size != 0
inline input split(std::uint8_t const* data, std::size_t size)
{
    auto const all = std::as_bytes(std::span(data, size));
    return {{to_width(data[0] & 3u), to_width(data[0] >> 2 & 3u)}, {all.subspan(1), 0x40}};
}

}  // namespace lindi::fuzz
