/// \file
/// What the walks of all chunk indexes share: from an index's element to a place in the chunk
/// table.

#pragma once

#include <lindi/hdf5/chunk_index/chunk_record.hpp>
#include <lindi/node/chunk_list.hpp>

namespace lindi::node {

/// Collects the chunks of one dataset. Checks each: inside the file, only once; those outside the
/// grid are kept apart.
class chunk_collector {
public:
    chunk_collector(file& f, dataset const& data, std::optional<chunk_box> only = {});

    /// Fails when the grid does not fit, or its table does not fit the budget.
    result<void> start();
    /// A chunk by its place in the grid, in chunks. Undefined addresses are no chunks.
    result<void> add(std::span<std::uint64_t const> position, hdf5::chunk_record const& chunk);
    /// A chunk by its first element.
    result<void> add_at(std::span<std::uint64_t const> origin, hdf5::chunk_record const& chunk);
    /// The finished table.
    result<chunk_table> finish();

    file& from() noexcept { return *file_; }
    dataset const& data() const noexcept { return *data_; }
    bool filtered() const noexcept { return !data_->filters.filters.empty(); }
    /// The chunks that are wanted, when not all are.
    std::optional<chunk_box> const& only() const noexcept { return only_; }
    /// Bytes of an unfiltered chunk.
    std::uint64_t chunk_bytes() const noexcept { return chunk_bytes_; }

private:
    result<stored_chunk> check(hdf5::chunk_record const& chunk) const;
    result<void> add_to_table(std::uint64_t number, stored_chunk const& chunk);
    result<void> add_outside(std::span<std::uint64_t const> position, stored_chunk const& chunk);

    file* file_;
    dataset const* data_;
    std::optional<chunk_box> only_;
    std::uint64_t chunk_bytes_ = 0;
    bool dense_ = false;
    chunk_table table_;
    memory_lease
        held_;  ///< for the table; stays spent when all chunks were asked for, for the graph
};

/// Numbers the chunks of the grid that the dataset may grow to, as array indexes do.
class array_order {
public:
    /// \param swizzled  the unlimited dimension counts slowest (extensible arrays)
    array_order(dataset const& data, bool swizzled);
    /// False when a dimension's chunk count does not fit.
    bool valid() const noexcept { return valid_; }
    /// The place in the grid of the array's element `number`; `position` has the rank's length.
    void position_of(std::uint64_t number, std::span<std::uint64_t> position) const noexcept;

private:
    std::vector<std::size_t> dimensions_;  ///< slowest first
    std::vector<std::uint64_t> counts_;  ///< chunks along each of them; the first one is not needed
    bool valid_ = true;
};

task<result<void>> list_btree_v1_chunks(chunk_collector& out);
task<result<void>> list_btree_v2_chunks(chunk_collector& out);
task<result<void>> list_fixed_array_chunks(chunk_collector& out);
task<result<void>> list_extensible_array_chunks(chunk_collector& out);
result<void> list_implicit_chunks(chunk_collector& out);
result<void> list_single_chunk(chunk_collector& out);

}  // namespace lindi::node
