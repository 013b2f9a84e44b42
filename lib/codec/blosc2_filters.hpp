/// \file
/// The filters inside Blosc2 chunks, which work on one block at a time.

#pragma once

#include "blosc2_chunk.hpp"

namespace lindi::codec {

/// Fails with unsupported unless all of `filters` are those that c-blosc2 itself has.
void require_known_filters(cursor& c, std::span<std::uint8_t const> filters);

/// Undoes the filters of the blocks of one chunk.
class blosc2_filters {
public:
    /// \param chunk  outlives this; its filters are known
    explicit blosc2_filters(blosc2_chunk const& chunk);

    /// \param start  where the block starts in the chunk; the block at 0 comes first
    /// \param block  changed; \return the bytes before the filters, until the next call
    std::span<std::byte const> undo(std::uint64_t start, std::span<std::byte> block);

private:
    void undo_differences(std::uint64_t start, std::span<std::byte> block) const;

    blosc2_chunk const& chunk_;
    bytes other_;
    bytes first_{};  ///< the block at 0, where others are differences from it
};

}  // namespace lindi::codec
