/// \file
/// From the stored bytes of a chunk to its elements: the filter pipeline run backwards.
/// HDF5 File Format Specification v3.0, IV.A.2.l.

#pragma once

#include <lindi/codec/codec.hpp>
#include <lindi/core/limits.hpp>

namespace lindi::codec {

/// What is known of a chunk besides its bytes.
struct chunk_format {
    std::span<filter_call const> filters{};  ///< in the order of writing, at most 32
    std::uint32_t filter_mask = 0;   ///< bit i: filter i was skipped; ~0u: the chunk is unfiltered
    std::uint64_t decoded_size = 0;  ///< bytes of the whole chunk: chunk shape times element size
    /// Bytes up to the last element inside the dataset's extent. Some writers end a chunk at the
    /// edge there, and libhdf5 reads it. 0: the chunk must be whole.
    std::uint64_t needed_size = 0;
};

/// Undoes the filters of one chunk, the last one first.
///
/// Memory: two buffers, each at most twice the decoded size plus 64 KiB, which leaves room for what
/// filters add to incompressible data.
///
/// \param stored  the chunk as it lies in the file
/// \param max     `decoded_chunk` bounds the decoded size
/// \return exactly `decoded_size` bytes, with zeros behind a chunk that ends at the dataset's edge;
///   or what a decoder returned, with the filter in the trail; or
///   errc::missing_filter  a filter that was applied is not in `known`; the detail has id and name
///   errc::bad_value       more than 32 filters, or they are undone and the size is wrong
///   errc::too_large       the decoded size is over the limit
[[nodiscard]] result<bytes> decode_chunk(
    registry const& known, block_view stored, chunk_format const& format, limits const& max
);

}  // namespace lindi::codec
