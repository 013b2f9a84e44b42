/// \file
/// How the chunks of a dataset become elements where the file is not HDF5.

#pragma once

#include <lindi/core/limits.hpp>
#include <lindi/hdf5/global_heap.hpp>
#include <lindi/node/chunk_table.hpp>

namespace lindi::node {

/// What a chunk holds.
struct decoded_chunk {
    lindi::bytes elements;  ///< in the dataset's type and C order
    /// What variable-length elements point to: they belong into graph::heap, at `collection`,
    /// before anybody decodes the elements. 0: there is nothing.
    std::uint64_t collection = 0;
    block heap{};
    std::vector<hdf5::heap_object> objects{};
};

/// One for a dataset. Several threads may decode at the same time.
class chunk_decoder {
public:
    /// In stored_chunk::size: as long as the file that it is the whole of.
    static constexpr std::uint64_t whole_file = ~std::uint64_t{0};

    virtual ~chunk_decoder() = default;

    /// Whether the stored bytes are the elements, so that a part of them can be read alone.
    virtual bool is_plain(stored_chunk const& chunk) const noexcept = 0;

    /// Bytes of a chunk that is a whole file. Opens the file, on the executor's thread.
    virtual result<std::uint64_t> size_of(stored_chunk const& chunk) const = 0;

    /// \param number  of the chunk in the grid, C order
    /// \param chunk   as the table has it
    /// \param stored  its bytes
    /// \param needed  bytes up to the last element inside the dataset's extent: a chunk may end
    ///   there
    /// \return as many elements as a chunk has; or why there are none
    virtual result<decoded_chunk> decode(
        std::uint64_t number,
        stored_chunk const& chunk,
        block_view stored,
        std::uint64_t needed,
        limits const& max
    ) const = 0;
};

}  // namespace lindi::node
