/// \file
/// What fuzz targets of file structures share: widths, places and checksums that let inputs get
/// far.

#pragma once

#include "input.hpp"

#include <lindi/hdf5/checksum.hpp>

#include <cstdlib>

namespace lindi::fuzz {

inline block_view view_of(std::uint8_t const* data, std::size_t size)
{
    return {{reinterpret_cast<std::byte const*>(data), size}, 0};
}

inline block_view behind(block_view b, std::size_t count)
{
    return b.sub(count, b.size());
}

/// The address that a block of an array or a heap names as its header's.
inline std::uint64_t owner_of(block_view b, std::size_t position, hdf5::file_sizes sizes)
{
    cursor c(behind(b, position), "owner");
    return sizes.read_address(c);
}

/// Decodes a copy of `b`, kept in `kept`. Where only the checksum is wrong, puts it right and
/// decodes again: no fuzzer finds a checksum by chance.
template <class Decode>
auto decode_repaired(block_view b, bytes& kept, Decode decode)
{
    kept.assign(b.bytes.begin(), b.bytes.end());
    auto const decoded = decode(block_view{kept, b.at});
    if (decoded || decoded.error().code() != errc::bad_checksum)
        return decoded;
    auto const place = static_cast<std::size_t>(decoded.error().at() - b.at);
    auto const sum = hdf5::lookup3(std::span(kept).first(place));
    for (unsigned i = 0; i < 4; ++i)
        kept[place + i] = static_cast<std::byte>(sum >> 8 * i);
    return decode(block_view{kept, b.at});
}

inline void check(bool promise)
{
    if (!promise)
        std::abort();
}

/// A decoded view must lie in the bytes it was decoded from.
inline void check_inside(block_view part, bytes const& whole)
{
    if (part.size() != 0)
        check(
            part.bytes.data() >= whole.data() && part.size() <= whole.size() &&
            part.bytes.data() + part.size() <= whole.data() + whole.size()
        );
}

}  // namespace lindi::fuzz
