/// \file
/// Records of the B-tree that indexes chunks of datasets with several unlimited dimensions.
/// HDF5 File Format Specification v3.0, III.A.2, record types 10 and 11.

#pragma once

#include <lindi/hdf5/chunk_index/chunk_record.hpp>

#include <vector>

namespace lindi::hdf5 {

struct btree_chunk_record {
    chunk_record chunk;
    std::vector<std::uint64_t> position;  ///< shape [rank]: in chunks, not elements
};

/// \param record    all bytes of the record
/// \param filtered  record type 11
[[nodiscard]] result<btree_chunk_record>
decode_chunk_record(block_view record, bool filtered, std::size_t rank, file_sizes sizes);

}  // namespace lindi::hdf5
