#include "chunk_index.hpp"
#include "slices.hpp"

#include <lindi/hdf5/chunk_index/extensible_array.hpp>

#include <array>

namespace lindi::node {
namespace {

constexpr char const* structure = "extensible array";

/// A data block that was made, and which of its pages were written.
struct data_block_place {
    std::uint64_t address = hdf5::undefined_address;
    std::uint64_t first = 0;  ///< index of its first element in the array
    std::uint64_t elements = 0;
    std::vector<bool> pages;  ///< when it is paged
};

/// What is known once the header was read.
struct array_walk {
    chunk_collector& out;
    hdf5::extensible_array array;
    std::uint64_t header_address;
    array_order order;
    std::vector<data_block_place> blocks;
};

/// Adds records up to the last index that was ever set: what lies behind is not initialised.
result<void> add_records(
    array_walk const& walk, std::uint64_t first, std::vector<hdf5::chunk_record> const& records
)
{
    std::array<std::uint64_t, hdf5::max_rank> space{};
    auto const position = std::span(space).first(walk.out.data().space.rank());
    for (std::size_t i = 0; i < records.size() && first + i < walk.array.max_index; ++i) {
        walk.order.position_of(first + i, position);
        if (auto const added = walk.out.add(position, records[i]); !added)
            return added;
    }
    return {};
}

/// Data blocks that hang directly off the index block, in order of their elements.
void place_direct_blocks(array_walk& walk, std::vector<std::uint64_t> const& addresses)
{
    std::size_t next = 0;
    for (unsigned s = 0; s < walk.array.super_blocks_in_index(); ++s) {
        auto const elements = walk.array.elements_of(s);
        auto first = walk.array.first_element_of(s);
        for (std::uint64_t i = 0; i < walk.array.data_blocks_of(s) && next < addresses.size();
             ++i) {
            if (addresses[next] != hdf5::undefined_address)
                walk.blocks.push_back({addresses[next], first, elements, {}});
            ++next;
            first += elements;
        }
    }
}

void place_super_block(
    array_walk& walk, unsigned number, hdf5::extensible_array_super_block const& block
)
{
    auto const elements = walk.array.elements_of(number);
    auto first = walk.array.first_element_of(number);
    auto const pages = walk.array.paged(elements) ? elements / walk.array.page_elements() : 0;
    for (std::size_t i = 0; i < block.data_blocks.size(); ++i, first += elements) {
        if (block.data_blocks[i] == hdf5::undefined_address)
            continue;
        auto const begin = block.pages.begin() + static_cast<std::ptrdiff_t>(i * pages);
        std::vector<bool> written(begin, begin + static_cast<std::ptrdiff_t>(pages));
        walk.blocks.push_back({block.data_blocks[i], first, elements, std::move(written)});
    }
}

task<result<void>> read_super_blocks(array_walk& walk, std::vector<std::uint64_t> addresses)
{
    auto& f = walk.out.from();
    std::vector<io::byte_range> ranges;
    std::vector<unsigned> numbers;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        if (addresses[i] == hdf5::undefined_address)
            continue;
        auto const number = walk.array.super_blocks_in_index() + static_cast<unsigned>(i);
        auto const offset = f.offset_of(addresses[i], "extensible array super block");
        if (!offset)
            co_return offset.error();
        ranges.push_back({*offset, walk.array.super_block_size(number, f.sizes())});
        numbers.push_back(number);
    }
    std::function<result<void>(std::size_t, block const&)> visit = [&](std::size_t i, block const& b
                                                                   ) -> result<void> {
        auto const decoded = hdf5::decode_extensible_array_super_block(
            b.view, walk.array, numbers[i], walk.header_address, f.sizes()
        );
        if (!decoded)
            return decoded.error();
        place_super_block(walk, numbers[i], *decoded);
        return {};
    };
    co_return co_await read_in_slices(f.reader(), std::move(ranges), structure, std::move(visit));
}

/// Where the written pages of a paged data block are.
void append_pages(
    array_walk const& walk,
    data_block_place const& place,
    std::uint64_t offset,
    std::vector<io::byte_range>& ranges,
    std::vector<std::uint64_t>& firsts
)
{
    auto const sizes = walk.out.from().sizes();
    auto const page_size = walk.array.page_size(sizes);
    auto const start = offset + walk.array.data_block_size(place.elements, sizes);
    for (std::size_t page = 0; page < place.pages.size(); ++page) {
        if (!place.pages[page])
            continue;
        ranges.push_back({start + page * page_size, page_size});
        firsts.push_back(place.first + page * walk.array.page_elements());
    }
}

/// Reads all data blocks and pages: one wave, as their places are all known.
task<result<void>> read_data_blocks(array_walk& walk)
{
    auto& f = walk.out.from();
    std::vector<io::byte_range> ranges, pages;
    std::vector<std::uint64_t> page_firsts;
    for (auto const& place : walk.blocks) {
        auto const offset = f.offset_of(place.address, "extensible array data block");
        if (!offset)
            co_return offset.error();
        if (walk.array.paged(place.elements) && place.pages.empty())
            co_return error(errc::unsupported, *offset, structure, "pages without a page bitmap");
        ranges.push_back({*offset, walk.array.data_block_size(place.elements, f.sizes())});
        append_pages(walk, place, *offset, pages, page_firsts);
    }
    auto const block_count = ranges.size();
    ranges.insert(ranges.end(), pages.begin(), pages.end());
    std::function<result<void>(std::size_t, block const&)> visit = [&](std::size_t i, block const& b
                                                                   ) -> result<void> {
        bool const is_page = i >= block_count;
        auto const records =
            is_page
                ? hdf5::decode_extensible_array_page(b.view, walk.array, f.sizes())
                : hdf5::decode_extensible_array_data_block(
                      b.view, walk.array, walk.blocks[i].elements, walk.header_address, f.sizes()
                  );
        if (!records)
            return records.error();
        return add_records(
            walk, is_page ? page_firsts[i - block_count] : walk.blocks[i].first, *records
        );
    };
    co_return co_await read_in_slices(f.reader(), std::move(ranges), structure, std::move(visit));
}

}  // namespace

task<result<void>> list_extensible_array_chunks(chunk_collector& out)
{
    auto& f = out.from();
    auto const header_address = out.data().chunking.address;
    auto const header =
        co_await f.read(header_address, hdf5::extensible_array_header_size(f.sizes()), structure);
    if (!header)
        co_return header.error();
    auto const array = hdf5::decode_extensible_array(header->view, f.sizes());
    if (!array)
        co_return array.error();
    array_walk walk{out, *array, header_address, array_order(out.data(), true), {}};
    if (!walk.order.valid() || array->filtered != out.filtered())
        co_return error(errc::bad_value, header->view.at, structure, "it does not fit the dataset");
    if (array->index_block == hdf5::undefined_address)
        co_return result<void>();
    auto const index =
        co_await f.read(array->index_block, array->index_block_size(f.sizes()), structure);
    if (!index)
        co_return index.error();
    auto decoded =
        hdf5::decode_extensible_array_index_block(index->view, *array, header_address, f.sizes());
    if (!decoded)
        co_return decoded.error();
    if (auto const added = add_records(walk, 0, decoded->records); !added)
        co_return added;
    place_direct_blocks(walk, decoded->data_blocks);
    auto const super = co_await read_super_blocks(walk, std::move(decoded->super_blocks));
    if (!super)
        co_return super.error();
    co_return co_await read_data_blocks(walk);
}

}  // namespace lindi::node
