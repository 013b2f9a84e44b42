/// \file
/// Fixed array index: datasets that cannot grow.
/// HDF5 File Format Specification v3.0, VII.C (appendix C), "Fixed Array Index".

#pragma once

#include <lindi/hdf5/chunk_index/chunk_record.hpp>

#include <vector>

namespace lindi::hdf5 {

struct fixed_array {
    bool filtered = false;
    chunk_record_format format;
    std::uint8_t page_bits = 0;       ///< log2 of the elements of a page
    std::uint64_t element_count = 0;  ///< chunks in the grid
    std::uint64_t data_block = undefined_address;

    bool paged() const noexcept;
    std::uint64_t page_elements() const noexcept { return std::uint64_t{1} << page_bits; }
    std::uint64_t page_count() const noexcept;  ///< 0 when not paged
    /// Bytes of a full page with its checksum.
    std::uint64_t page_size(file_sizes sizes) const noexcept;
    /// Bytes of the data block up to and including its checksum: all of it, or what is in front of
    /// the pages.
    std::uint64_t data_block_size(file_sizes sizes) const noexcept;
};

constexpr std::size_t fixed_array_header_size(file_sizes sizes) noexcept
{
    return 12u + sizes.lengths + sizes.offsets;
}

/// \return the header, or errc::truncated, bad_signature, unsupported_version, bad_checksum,
/// bad_value
[[nodiscard]] result<fixed_array> decode_fixed_array(block_view b, file_sizes sizes);

struct fixed_array_block {
    std::vector<chunk_record> records;  ///< all of them, when not paged
    std::vector<bool> pages;            ///< which pages were written, when paged
};
/// \param header_address  the block must point back to it
/// \param b               data_block_size() bytes
[[nodiscard]] result<fixed_array_block> decode_fixed_array_block(
    block_view b, fixed_array const& array, std::uint64_t header_address, file_sizes sizes
);

/// \param count  elements of this page; the last one may be short
[[nodiscard]] result<std::vector<chunk_record>> decode_fixed_array_page(
    block_view b, fixed_array const& array, std::uint64_t count, file_sizes sizes
);

}  // namespace lindi::hdf5
