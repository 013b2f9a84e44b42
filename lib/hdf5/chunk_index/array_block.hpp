/// \file
/// What fixed and extensible arrays have in common.
/// HDF5 File Format Specification v3.0, VII.C and VII.D.

#pragma once

#include <lindi/hdf5/chunk_index/chunk_record.hpp>

#include <vector>

namespace lindi::hdf5 {

/// log2 of the most elements of an array or page here: with at most 20 bytes each, sizes of blocks
/// stay within 64 bits. No file holds that many.
inline constexpr unsigned max_array_bits = 58;

/// Bytes of signature, version, client and the address of the header, which all blocks start with.
constexpr std::uint64_t array_block_prefix_size(file_sizes sizes) noexcept
{
    return 6u + sizes.offsets;
}

/// Reads signature, version and client of a header or block. \return whether the chunks are
/// filtered
bool read_array_client(cursor& c, std::string_view signature);

/// Checks what a block starts with; failures stay in the cursor.
void expect_array_block(
    cursor& c,
    std::string_view signature,
    bool filtered,
    std::uint64_t header_address,
    file_sizes sizes
);

/// Reads `count` elements, after asking whether they are there.
std::vector<chunk_record>
read_chunk_records(cursor& c, std::uint64_t count, chunk_record_format format, file_sizes sizes);

/// Reads which of `count` pages were written: bits, the first one highest in its byte.
/// \param size  bytes that hold them; at least count / 8
std::vector<bool> read_page_bits(cursor& c, std::uint64_t size, std::uint64_t count);

/// A page: elements and a checksum.
result<std::vector<chunk_record>> decode_array_page(
    block_view b,
    std::uint64_t count,
    chunk_record_format format,
    file_sizes sizes,
    char const* structure
);

}  // namespace lindi::hdf5
