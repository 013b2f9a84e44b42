/// \file
/// Elements of a dataset on their way into chunks and out of them.

#pragma once

#include "array_info.hpp"

#include <lindi/array/hyperslab.hpp>
#include <lindi/core/limits.hpp>

#include <string>
#include <vector>

namespace lindi::edit {

/// Elements in C order: bytes as in a chunk, or for objects a JSON value each.
struct cells {
    std::size_t item_size = 0;  ///< 0: objects
    lindi::bytes items;
    std::vector<std::string> values;

    std::size_t count() const noexcept
    {
        return item_size == 0 ? values.size() : items.size() / item_size;
    }
    /// Bytes that they take, roughly.
    std::size_t memory() const noexcept;
};

/// Elements that were never written.
/// \return count of them; or errc::too_large (limits::decoded_chunk), errc::bad_value (fill value)
result<cells> empty_cells(array_info const& of, std::uint64_t count, limits const& max);

/// Whether objects have a codec that makes bytes of them, and nothing else has one: documents may
/// say anything. \return or errc::unsupported
result<void> check_object_codec(array_info const& of);

/// \param content  of the chunk's key
/// \return chunk_items() elements; or what codecs fail with, errc::bad_value, errc::unsupported
result<cells> decode_chunk(array_info const& of, block_view content, limits const& max);

/// \pre chunk holds chunk_items() elements
/// \return content for the chunk's key; or errc::unsupported for codecs that are only read
result<lindi::bytes> encode_chunk(array_info const& of, cells const& chunk);

/// Copies what a part and a chunk have in common. \param common  one for each dimension
void copy_to_chunk(
    std::span<array::overlap const> common,
    std::span<std::uint64_t const> chunk_shape,
    cells& chunk,
    std::span<array::slice const> part_slices,
    cells const& part
);
void copy_from_chunk(
    std::span<array::overlap const> common,
    std::span<std::uint64_t const> chunk_shape,
    cells const& chunk,
    std::span<array::slice const> part_slices,
    cells& part
);

/// Sets all elements of a chunk whose index is `limit[i]` or more in any dimension i to those of
/// `fill`, which has one element. \return whether anything was another one
bool clear_beyond(
    std::span<std::uint64_t const> limit,
    std::span<std::uint64_t const> chunk_shape,
    cells& chunk,
    cells const& fill
);

}  // namespace lindi::edit
