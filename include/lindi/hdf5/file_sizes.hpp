/// \file
/// Widths of the numbers of a file, from its superblock.
/// HDF5 File Format Specification v3.0, II.A "Size of Offsets", "Size of Lengths".

#pragma once

#include <lindi/core/cursor.hpp>

#include <cstdint>

namespace lindi::hdf5 {

/// An address that leads nowhere. In the file: all bits one, at any width.
inline constexpr std::uint64_t undefined_address = ~std::uint64_t{0};

/// Addresses count from the superblock's base address, not from the start of the file.
struct file_sizes {
    std::uint8_t offsets = 8;  ///< bytes of an address: 2, 4 or 8
    std::uint8_t lengths = 8;  ///< bytes of a length: 2, 4 or 8

    /// Reads an address; all ones become `undefined_address`.
    std::uint64_t read_address(cursor& c) const { return widening_all_ones(c, offsets); }
    std::uint64_t read_length(cursor& c) const { return c.uint(lengths); }
    /// Reads a length that may be without end; all ones become all 64 bits one.
    std::uint64_t read_unlimited_length(cursor& c) const { return widening_all_ones(c, lengths); }

private:
    static std::uint64_t widening_all_ones(cursor& c, unsigned width)
    {
        auto const value = c.uint(width);
        auto const all_ones = width >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << 8 * width) - 1;
        return value == all_ones ? ~std::uint64_t{0} : value;
    }
};

}  // namespace lindi::hdf5
