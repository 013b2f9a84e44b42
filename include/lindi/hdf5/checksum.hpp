/// \file
/// The checksum of metadata: Jenkins' lookup3. That of the fletcher32 filter is in `codec`.

#pragma once

#include <lindi/core/cursor.hpp>

#include <cstdint>
#include <span>

namespace lindi::hdf5 {

/// Jenkins' lookup3 "hashlittle" with initial value 0: guards metadata, and hashes link and
/// attribute names.
std::uint32_t lookup3(std::span<std::byte const> data) noexcept;

/// Reads the four checksum bytes at the cursor and compares them with the lookup3 of everything
/// that `from` holds in front of them. Fails with bad_checksum. \param from  the block that `c`
/// reads, from its start
void expect_checksum(cursor& c, block_view from);

}  // namespace lindi::hdf5
