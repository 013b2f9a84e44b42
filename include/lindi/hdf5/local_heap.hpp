/// \file
/// Local heaps: the names of groups in the old format.
/// HDF5 File Format Specification v3.0, III.D.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <string_view>

namespace lindi::hdf5 {

struct local_heap {
    std::uint64_t data_size = 0;  ///< bytes of the data segment
    std::uint64_t free_list = 0;  ///< offset of the first free block in it
    std::uint64_t data_address = undefined_address;
};

/// Bytes of the header.
constexpr std::size_t local_heap_size(file_sizes sizes) noexcept
{
    return 8u + 2u * sizes.lengths + sizes.offsets;
}

[[nodiscard]] result<local_heap> decode_local_heap(block_view b, file_sizes sizes);

/// Follows the free blocks of a data segment; texts can be read without them, but where these are
/// damaged something else was written over the heap.
/// \return errc::bad_value (a block outside of the segment, a list without an end)
[[nodiscard]] result<void>
check_free_list(block_view segment, local_heap const& heap, file_sizes sizes);

/// The NUL-terminated text at `offset` of a data segment; lies in the segment.
/// \return errc::bad_value (offset outside), errc::truncated (no NUL)
[[nodiscard]] result<std::string_view> local_heap_text(block_view segment, std::uint64_t offset);

}  // namespace lindi::hdf5
