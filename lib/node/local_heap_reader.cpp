#include "local_heap_reader.hpp"

#include <lindi/hdf5/local_heap.hpp>

namespace lindi::node {

task<result<local_heap_segment>> read_local_heap(file& f, std::uint64_t address)
{
    auto const header = co_await f.read(address, hdf5::local_heap_size(f.sizes()), "local heap");
    if (!header)
        co_return header.error();
    auto const heap = hdf5::decode_local_heap(header->view, f.sizes());
    if (!heap)
        co_return heap.error();
    auto data = co_await f.read(heap->data_address, heap->data_size, "local heap data segment");
    if (!data)
        co_return data.error();
    local_heap_segment out;
    out.data = std::move(*data);
    out.free_list = hdf5::check_free_list(out.data.view, *heap, f.sizes());
    co_return out;
}

}  // namespace lindi::node
