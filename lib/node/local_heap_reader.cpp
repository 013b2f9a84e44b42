#include "local_heap_reader.hpp"

#include <lindi/hdf5/local_heap.hpp>

namespace lindi::node {

task<result<block>> read_local_heap(file& f, std::uint64_t address)
{
    auto const header = co_await f.read(address, hdf5::local_heap_size(f.sizes()), "local heap");
    if (!header)
        co_return header.error();
    auto const heap = hdf5::decode_local_heap(header->view, f.sizes());
    if (!heap)
        co_return heap.error();
    co_return co_await f.read(heap->data_address, heap->data_size, "local heap data segment");
}

}  // namespace lindi::node
