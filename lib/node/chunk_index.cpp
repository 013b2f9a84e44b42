#include "chunk_index.hpp"

#include <lindi/core/checked.hpp>

#include <algorithm>
#include <array>

namespace lindi::node {
namespace {

constexpr char const* structure = "chunk index";
/// Bytes of a chunk in the table; sparse tables hold its number too.
constexpr std::uint64_t slot_bytes = 12;
constexpr std::uint64_t sparse_slot_bytes = slot_bytes + 8;

}  // namespace

chunk_collector::chunk_collector(file& f, dataset const& data, std::optional<chunk_box> only)
    : file_(&f), data_(&data), only_(std::move(only)), held_(f.budget())
{}

result<void> chunk_collector::start()
{
    auto const at = data_->chunking.address;
    auto const elements = checked_product(data_->chunking.shape);
    auto const bytes =
        elements ? checked_multiply(*elements, data_->chunking.element_size) : std::nullopt;
    auto const grid = data_->chunk_grid_size();
    if (!bytes || *bytes == 0 || !grid)
        return error(
            errc::bad_value, at, structure, "chunk size or grid is nothing or does not fit 64 bits"
        );
    chunk_bytes_ = *bytes;
    // Every stored chunk takes at least a few bytes of index, so a grid of about the file's size
    // may be full.
    bool const any = data_->chunking.address != hdf5::undefined_address;
    dense_ = any && !only_ && *grid <= file_->reader().stored_size() / 8;
    if (dense_)
        if (auto const taken = held_.take(*grid * slot_bytes, at); !taken)
            return taken;
    auto const fixed = filtered() ? std::nullopt : std::optional(chunk_bytes_);
    table_ = chunk_table(data_->chunk_grid(), fixed, dense_);
    return {};
}

result<void>
chunk_collector::add(std::span<std::uint64_t const> position, hdf5::chunk_record const& chunk)
{
    if (chunk.address == hdf5::undefined_address)
        return {};
    auto const stored = check(chunk);
    if (!stored)
        return stored.error();
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < position.size(); ++i) {
        if (position[i] >= table_.grid()[i])
            return add_outside(position, *stored);
        number = number * table_.grid()[i] + position[i];
    }
    return add_to_table(number, *stored);
}

result<void> chunk_collector::add_to_table(std::uint64_t number, stored_chunk const& chunk)
{
    if (!dense_)
        if (auto const taken = held_.take(sparse_slot_bytes, chunk.offset); !taken)
            return taken;
    if (!table_.add(number, chunk))
        return error(errc::bad_value, chunk.offset, structure, "a chunk comes up twice");
    return {};
}

result<void>
chunk_collector::add_outside(std::span<std::uint64_t const> position, stored_chunk const& chunk)
{
    auto const size = sizeof(outside_chunk) + position.size_bytes();
    if (auto const taken = held_.take(size, chunk.offset); !taken)
        return taken;
    table_.add_outside({{position.begin(), position.end()}, chunk});
    return {};
}

result<void>
chunk_collector::add_at(std::span<std::uint64_t const> origin, hdf5::chunk_record const& chunk)
{
    std::array<std::uint64_t, hdf5::max_rank> position;  // only rank of them are written and read
    auto const& shape = data_->chunking.shape;
    for (std::size_t i = 0; i < origin.size(); ++i) {
        if (origin[i] % shape[i] != 0)
            return error(
                errc::bad_value, chunk.address, structure, "a chunk does not start on the grid"
            );
        position[i] = origin[i] / shape[i];
    }
    return add(std::span<std::uint64_t const>(position).first(origin.size()), chunk);
}

/// A chunk's place in the file, if it lies inside.
result<stored_chunk> chunk_collector::check(hdf5::chunk_record const& chunk) const
{
    auto const size = filtered() ? chunk.size : chunk_bytes_;
    auto const offset = checked_add(file_->contents.file.superblock.base_address, chunk.address);
    auto const end = offset ? checked_add(*offset, size) : std::nullopt;
    if (!end || *end > file_->contents.file.size)
        return error(errc::truncated, chunk.address, "chunk", "it runs past the end of the file");
    if (table_.count() >= file_->limits().chunks)
        return error(errc::too_large, chunk.address, structure, "limit on chunks");
    return stored_chunk{*offset, size, chunk.filter_mask};
}

result<chunk_table> chunk_collector::finish()
{
    if (!table_.finish())
        return error(errc::bad_value, data_->chunking.address, structure, "a chunk comes up twice");
    if (!only_)
        held_.keep();
    return std::move(table_);
}

array_order::array_order(dataset const& data, bool swizzled)
{
    auto const& max = data.space.max_extents;
    auto const rank = data.space.rank();
    for (std::size_t i = 0; i < rank; ++i)
        dimensions_.push_back(i);
    if (swizzled) {
        auto const unlimited = std::find(max.begin(), max.end(), hdf5::dataspace::unlimited);
        if (unlimited != max.end()) {
            auto const place = dimensions_.begin() + (unlimited - max.begin());
            std::rotate(dimensions_.begin(), place, place + 1);
        }
    }
    for (auto const d : dimensions_)
        counts_.push_back(std::max<std::uint64_t>(divide_up(max[d], data.chunking.shape[d]), 1));
    valid_ = rank == 0 || checked_product(std::span(counts_).subspan(1)).has_value();
}

void array_order::position_of(std::uint64_t number, std::span<std::uint64_t> position)
    const noexcept
{
    for (std::size_t i = dimensions_.size(); i-- > 1;) {
        position[dimensions_[i]] = number % counts_[i];
        number /= counts_[i];
    }
    if (!dimensions_.empty())
        position[dimensions_[0]] = number;
}

}  // namespace lindi::node
