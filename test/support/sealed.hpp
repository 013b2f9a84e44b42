/// \file
/// Changed samples of structures that end in a checksum.

#pragma once

#include <lindi/hdf5/checksum.hpp>

#include <span>

namespace lindi::test {

/// The structure with the checksum, its last four bytes, that belongs to the bytes in front.
inline bytes sealed(bytes b)
{
    auto const sum = hdf5::lookup3(std::span(b).first(b.size() - 4));
    for (std::size_t i = 0; i < 4; ++i)
        b[b.size() - 4 + i] = static_cast<std::byte>(sum >> 8 * i & 0xff);
    return b;
}

}  // namespace lindi::test
