/// \file
/// The bytes: the table `ranges`. They are kept in pieces that end at multiples of 64 KiB, so that
/// what a small read has to check is bounded.

#pragma once

#include "database.hpp"

#include <lindi/core/bytes.hpp>
#include <lindi/io/byte_range.hpp>

namespace lindi::cache {

/// The bytes, put together from sound pieces; nothing when one is missing.
std::optional<block>
find_range(database const& db, transaction const& in, std::string const& id, io::byte_range range);

/// What keeping a range adds to the table at most.
std::uint64_t most_stored(io::byte_range range) noexcept;

/// \param added  what the table grew by
/// \return 0 or a code of LMDB
int keep_range(
    database const& db,
    transaction const& in,
    std::string const& id,
    block const& range,
    std::int64_t& added
);

}  // namespace lindi::cache
