/// \file
/// Fractal heaps: links and attributes of objects that have many, and shared messages.
/// HDF5 File Format Specification v3.0, III.G. Doubling table arithmetic: III.G.1 "Doubling Table".

#pragma once

#include <lindi/hdf5/file_sizes.hpp>
#include <lindi/hdf5/message/filter_pipeline.hpp>

#include <array>
#include <optional>
#include <vector>

namespace lindi::hdf5 {

struct fractal_heap {
    std::uint64_t at = 0;             ///< address of the header; its blocks point back to it
    std::uint16_t id_length = 0;      ///< bytes of a heap id
    std::uint16_t filter_length = 0;  ///< bytes of the encoded pipeline; 0: blocks are not filtered
    bool checksums_blocks = false;    ///< direct blocks carry a checksum
    std::uint32_t max_managed_size = 0;  ///< bytes; larger objects are huge
    std::uint64_t huge_btree = undefined_address;
    std::uint64_t managed_space = 0;  ///< bytes of the heap's address space
    std::uint64_t managed_objects = 0;
    std::uint64_t huge_objects = 0;
    std::uint64_t tiny_objects = 0;
    std::uint16_t table_width = 0;       ///< blocks per row of the doubling table
    std::uint64_t start_block_size = 0;  ///< bytes of a block in rows 0 and 1
    std::uint64_t max_direct_size = 0;   ///< bytes of the largest direct block
    std::uint16_t max_heap_bits = 0;     ///< log2 of the heap's address space
    std::uint64_t root = undefined_address;
    std::uint16_t root_rows =
        0;  ///< rows of the root indirect block; 0: the root is a direct block
    std::uint64_t filtered_root_size = 0;  ///< stored bytes of a filtered root direct block
    std::uint32_t root_filter_mask = 0;
    filter_pipeline filters;  ///< for direct blocks and huge objects

    /// Bytes of an offset in the heap.
    unsigned offset_width() const noexcept { return (max_heap_bits + 7u) / 8u; }
    /// Bytes of an object's length in a managed heap id.
    unsigned length_width() const noexcept;
    /// Rows of an indirect block that spans the whole address space.
    unsigned max_rows() const noexcept;
    /// Rows of direct blocks in the doubling table.
    unsigned direct_rows() const noexcept;
    /// Bytes of a block of this row; 0 when it does not fit 64 bits.
    std::uint64_t row_block_size(unsigned row) const noexcept;
    /// Bytes in front of `row` in its indirect block: what so many rows span. \pre row <=
    /// max_rows()
    std::uint64_t row_offset(unsigned row) const noexcept;
    /// Rows of the indirect block that stands in `row`, which is not a direct row.
    unsigned child_rows(unsigned row) const noexcept;
};

/// Bytes of a header without filters; a heap with filters adds a length, 4 and the encoded
/// pipeline.
constexpr std::size_t fractal_heap_header_size(file_sizes sizes) noexcept
{
    return 26u + 12u * sizes.lengths + 3u * sizes.offsets;
}

/// \param b  the header; when it has filters and `b` is too short, errc::truncated
/// \param base_address  of the superblock: `b` knows its place in the file, blocks name its address
/// \return the header, or errc::truncated, bad_signature, unsupported_version, bad_checksum,
///   bad_value (widths, sizes that are not powers of two, more rows than fit), unsupported (a heap
///   of more than 2^62 bytes)
[[nodiscard]] result<fractal_heap>
decode_fractal_heap(block_view b, file_sizes sizes, std::uint64_t base_address);
/// Bytes the header really takes, from its first fractal_heap_header_size() bytes.
[[nodiscard]] result<std::size_t> fractal_heap_full_size(block_view b, file_sizes sizes);

/// A child of an indirect block.
struct heap_child {
    std::uint64_t address = undefined_address;  ///< undefined: not there
    std::uint64_t stored_size = 0;  ///< bytes in the file; differs from block_size when filtered
    std::uint32_t filter_mask = 0;
    std::uint64_t block_size =
        0;  ///< bytes in the heap's address space (for indirect children: all they span)
    std::uint64_t heap_offset = 0;  ///< where its part of the address space starts
    unsigned rows = 0;              ///< 0: a direct block; else rows of the indirect block
};

struct heap_indirect_block {
    std::uint64_t heap_offset = 0;
    std::vector<heap_child> children;  ///< rows * table_width, direct ones first
};

/// Bytes of an indirect block with so many rows.
std::uint64_t
indirect_block_size(fractal_heap const& heap, file_sizes sizes, unsigned rows) noexcept;

/// \return the block, or errc::truncated, bad_signature, unsupported_version, bad_checksum,
/// bad_value
[[nodiscard]] result<heap_indirect_block>
decode_indirect_block(block_view b, fractal_heap const& heap, file_sizes sizes, unsigned rows);

/// Checks a direct block (unfiltered bytes): signature, owner, offset and, where stored, checksum.
/// Offsets of objects in it count from its first byte, header included, plus the block's heap
/// offset. \return the block's heap offset
[[nodiscard]] result<std::uint64_t>
decode_direct_block(block_view b, fractal_heap const& heap, file_sizes sizes);

/// What a heap id says.
struct heap_id {
    enum class kind : std::uint8_t { managed, huge, tiny };
    kind what = kind::managed;
    std::uint64_t offset = 0;                   ///< managed: in the heap's address space
    std::uint64_t length = 0;                   ///< managed, huge direct: stored bytes
    std::uint64_t key = 0;                      ///< huge indirect: key in the B-tree
    bool direct = false;                        ///< huge: the id itself has the address
    std::uint64_t address = undefined_address;  ///< huge direct
    std::uint32_t filter_mask = 0;              ///< huge direct, filtered
    std::uint64_t filtered_length = 0;          ///< huge direct, filtered: bytes before the filters
    block_view data;                            ///< tiny: the object itself
};

/// \param id  at least heap.id_length bytes
[[nodiscard]] result<heap_id>
decode_heap_id(block_view id, fractal_heap const& heap, file_sizes sizes);

/// Record of the B-tree of huge objects (III.A.2, types 1 to 4).
struct huge_object {
    std::uint64_t address = undefined_address;
    std::uint64_t length = 0;         ///< stored bytes
    std::uint32_t filter_mask = 0;    ///< types 2 and 4
    std::uint64_t memory_length = 0;  ///< types 2 and 4: bytes before the filters
    std::uint64_t key = 0;            ///< types 1 and 2
};

/// \param type  1 to 4
[[nodiscard]] result<huge_object>
decode_huge_object(block_view record, std::uint8_t type, file_sizes sizes);

}  // namespace lindi::hdf5
