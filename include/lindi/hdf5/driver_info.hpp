/// \file
/// Storage drivers: what files that are one of several say of the others.
/// HDF5 File Format Specification v3.0, II.B "Driver Information Block" and IV.A.2.u "Driver Info
/// Message".

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <string>
#include <vector>

namespace lindi::hdf5 {

struct driver_info {
    std::string name;       ///< "NCSAmult" for split and multi files, "NCSAfami" for families
    lindi::bytes contents;  ///< what the driver made of it
};

/// From message 0x14.
[[nodiscard]] result<driver_info> decode_driver_info(block_view b);

/// No driver information block has more in front of its contents.
inline constexpr std::size_t driver_block_prefix = 16;
/// Bytes of the whole driver information block. \param b  its first driver_block_prefix bytes
/// \return the size; or errc::truncated, unsupported_version, too_large (over 64 KiB)
[[nodiscard]] result<std::size_t> decode_driver_block_size(block_view b);
/// \param b  the whole block
[[nodiscard]] result<driver_info> decode_driver_block(block_view b);

/// Bytes of each file of a family but the last. \pre the driver is "NCSAfami"
/// \return the size; or errc::truncated, bad_value (nothing)
[[nodiscard]] result<std::uint64_t> decode_family_info(driver_info const& info);

/// One file of several that have an address space together.
struct driver_member {
    std::uint64_t begin = 0;  ///< first address
    std::uint64_t size = 0;   ///< bytes in use
    std::string name;         ///< of the file; %s stands for what all names have in common
};

/// The files of a split or multi file, in order of their addresses. \pre the driver is "NCSAmult"
/// \return the members; or errc::truncated, bad_value (unknown kinds of use, addresses that
///   overlap or overflow)
[[nodiscard]] result<std::vector<driver_member>> decode_multi_info(driver_info const& info);

}  // namespace lindi::hdf5
