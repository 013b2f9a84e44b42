/// \file
/// Extensible array index: datasets with one unlimited dimension.
/// HDF5 File Format Specification v3.0, VII.D (appendix C), "Extensible Array Index".

#pragma once

#include <lindi/hdf5/chunk_index/chunk_record.hpp>

#include <vector>

namespace lindi::hdf5 {

struct extensible_array {
    bool filtered = false;
    chunk_record_format format;
    std::uint8_t max_elements_bits = 0;   ///< log2 of the most elements it can have
    std::uint8_t index_elements = 0;      ///< elements in the index block itself
    std::uint8_t min_block_pointers = 0;  ///< least data block pointers of a secondary block
    std::uint8_t min_block_elements = 0;  ///< least elements of a data block
    std::uint8_t page_bits = 0;           ///< log2 of the elements of a data block page
    std::uint64_t max_index = 0;          ///< elements ever set: one more than the largest index
    std::uint64_t index_block = undefined_address;

    /// Bytes of "block offset" fields.
    unsigned offset_width() const noexcept { return (max_elements_bits + 7u) / 8u; }
    /// Secondary blocks there can be.
    unsigned super_block_count() const noexcept;
    /// Secondary blocks whose data blocks hang directly off the index block.
    unsigned super_blocks_in_index() const noexcept;
    std::uint64_t data_blocks_of(unsigned super_block) const noexcept;    ///< how many
    std::uint64_t elements_of(unsigned super_block) const noexcept;       ///< per data block of it
    std::uint64_t first_element_of(unsigned super_block) const noexcept;  ///< index in the array
    /// Data block addresses in the index block.
    std::uint64_t data_blocks_in_index() const noexcept;
    /// Super block addresses in the index block.
    std::uint64_t super_blocks_addressed() const noexcept;
    std::uint64_t page_elements() const noexcept { return std::uint64_t{1} << page_bits; }
    /// Whether data blocks of so many elements are split into pages.
    bool paged(std::uint64_t elements) const noexcept { return elements > page_elements(); }

    std::uint64_t index_block_size(file_sizes sizes) const noexcept;
    std::uint64_t super_block_size(unsigned super_block, file_sizes sizes) const noexcept;
    /// Bytes up to and including the block's own checksum: all of it, or what is in front of the
    /// pages.
    std::uint64_t data_block_size(std::uint64_t elements, file_sizes sizes) const noexcept;
    std::uint64_t page_size(file_sizes sizes) const noexcept;
};

constexpr std::size_t extensible_array_header_size(file_sizes sizes) noexcept
{
    return 16u + 6u * sizes.lengths + sizes.offsets;
}

/// \return the header, or errc::truncated, bad_signature, unsupported_version, bad_checksum,
/// bad_value,
///   unsupported (more than 2^58 elements)
[[nodiscard]] result<extensible_array> decode_extensible_array(block_view b, file_sizes sizes);

struct extensible_array_index_block {
    std::vector<chunk_record> records;        ///< the first index_elements of the array
    std::vector<std::uint64_t> data_blocks;   ///< addresses; undefined where none was made
    std::vector<std::uint64_t> super_blocks;  ///< likewise
};
[[nodiscard]] result<extensible_array_index_block> decode_extensible_array_index_block(
    block_view b, extensible_array const& array, std::uint64_t header_address, file_sizes sizes
);

struct extensible_array_super_block {
    std::vector<std::uint64_t> data_blocks;  ///< addresses
    /// Which pages were written: those of data block 0, then of 1, ...; empty when not paged.
    std::vector<bool> pages;
};
[[nodiscard]] result<extensible_array_super_block> decode_extensible_array_super_block(
    block_view b,
    extensible_array const& array,
    unsigned super_block,
    std::uint64_t header_address,
    file_sizes sizes
);

/// \param elements  of this data block
/// \return its records; none when it is paged
[[nodiscard]] result<std::vector<chunk_record>> decode_extensible_array_data_block(
    block_view b,
    extensible_array const& array,
    std::uint64_t elements,
    std::uint64_t header_address,
    file_sizes sizes
);

/// \param b  page_size() bytes
[[nodiscard]] result<std::vector<chunk_record>>
decode_extensible_array_page(block_view b, extensible_array const& array, file_sizes sizes);

}  // namespace lindi::hdf5
