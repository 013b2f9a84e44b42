#include "chunk_index.hpp"
#include "slices.hpp"

#include <lindi/hdf5/chunk_index/fixed_array.hpp>

#include <algorithm>
#include <array>

namespace lindi::node {
namespace {

constexpr char const* structure = "fixed array";

/// What is known once the header was read.
struct array_walk {
    chunk_collector& out;
    hdf5::fixed_array array;
    array_order order;
};

result<void> add_records(
    array_walk const& walk, std::uint64_t first, std::vector<hdf5::chunk_record> const& records
)
{
    std::array<std::uint64_t, hdf5::max_rank> space{};
    auto const position = std::span(space).first(walk.out.data().space.rank());
    for (std::size_t i = 0; i < records.size(); ++i) {
        walk.order.position_of(first + i, position);
        if (auto const added = walk.out.add(position, records[i]); !added)
            return added;
    }
    return {};
}

task<result<void>> add_pages(array_walk& walk, std::uint64_t first_page, std::vector<bool> written)
{
    auto& f = walk.out.from();
    auto const& array = walk.array;
    std::vector<io::byte_range> ranges;
    std::vector<std::uint64_t> firsts;
    for (std::uint64_t page = 0; page < array.page_count() && page < written.size(); ++page) {
        if (!written[static_cast<std::size_t>(page)])
            continue;
        auto const first = page * array.page_elements();
        auto const count = std::min(array.page_elements(), array.element_count - first);
        // A page that is not full is stored at its own length, with a checksum behind.
        auto const size = count * array.format.size(f.sizes()) + 4;
        ranges.push_back({first_page + page * array.page_size(f.sizes()), size});
        firsts.push_back(first);
    }
    std::function<result<void>(std::size_t, block const&)> visit = [&](std::size_t i, block const& b
                                                                   ) -> result<void> {
        auto const count = std::min(array.page_elements(), array.element_count - firsts[i]);
        auto const records = hdf5::decode_fixed_array_page(b.view, array, count, f.sizes());
        if (!records)
            return records.error();
        return add_records(walk, firsts[i], *records);
    };
    co_return co_await read_in_slices(f.reader(), std::move(ranges), structure, std::move(visit));
}

}  // namespace

task<result<void>> list_fixed_array_chunks(chunk_collector& out)
{
    auto& f = out.from();
    auto const header_address = out.data().chunking.address;
    auto const header =
        co_await f.read(header_address, hdf5::fixed_array_header_size(f.sizes()), structure);
    if (!header)
        co_return header.error();
    auto const array = hdf5::decode_fixed_array(header->view, f.sizes());
    if (!array)
        co_return array.error();
    array_walk walk{out, *array, array_order(out.data(), false)};
    if (!walk.order.valid() || array->filtered != out.filtered())
        co_return error(errc::bad_value, header->view.at, structure, "it does not fit the dataset");
    if (array->data_block == hdf5::undefined_address)
        co_return result<void>();
    auto const size = array->data_block_size(f.sizes());
    auto const data = co_await f.read(array->data_block, size, "fixed array data block");
    if (!data)
        co_return data.error();
    auto decoded = hdf5::decode_fixed_array_block(data->view, *array, header_address, f.sizes());
    if (!decoded)
        co_return decoded.error();
    if (!array->paged())
        co_return add_records(walk, 0, decoded->records);
    co_return co_await add_pages(walk, data->view.at + size, std::move(decoded->pages));
}

}  // namespace lindi::node
