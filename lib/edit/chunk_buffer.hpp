/// \file
/// Chunks that are being filled: small writes into one chunk cost one encoding of it.

#pragma once

#include "cells.hpp"

#include <lindi/edit/reference_store.hpp>

#include <string>
#include <unordered_map>

namespace lindi::edit {

class chunk_buffer {
public:
    /// Bytes of decoded chunks that are kept.
    static constexpr std::size_t capacity = std::size_t{16} << 20;

    struct buffered {
        array_ptr array;
        cells chunk;
        bool changed = false;
    };

    /// \return null when it is not here; good until the next call of another function
    buffered* find(std::string const& key);
    bool contains(std::string const& key) const { return chunks_.contains(key); }
    /// \return the chunk, unchanged yet; or what writing others, to make room, fails with
    result<buffered*> add(reference_store& to, std::string const& key, buffered chunk);
    /// Encodes and stores all that were changed; they stay here. What fails stays changed.
    result<void> settle(reference_store& to);
    /// Drops, unwritten, one chunk or all below a path.
    void drop(std::string const& key);
    void drop_all(std::string_view prefix);

private:
    std::unordered_map<std::string, buffered> chunks_;
    std::size_t used_ = 0;  ///< when they were added
};

}  // namespace lindi::edit
