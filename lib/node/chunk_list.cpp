#include "chunk_index.hpp"

#include <lindi/node/chunk_list.hpp>

namespace lindi::node {
namespace {

task<result<void>> walk_index(chunk_collector& out)
{
    switch (out.data().chunking.index) {
    case hdf5::chunk_index_type::btree_v1:
        co_return co_await list_btree_v1_chunks(out);
    case hdf5::chunk_index_type::btree_v2:
        co_return co_await list_btree_v2_chunks(out);
    case hdf5::chunk_index_type::fixed_array:
        co_return co_await list_fixed_array_chunks(out);
    case hdf5::chunk_index_type::extensible_array:
        co_return co_await list_extensible_array_chunks(out);
    case hdf5::chunk_index_type::implicit:
        co_return list_implicit_chunks(out);
    case hdf5::chunk_index_type::single:
        co_return list_single_chunk(out);
    }
    co_return error(errc::bad_value, error::nowhere, "layout message", "unknown chunk index");
}

}  // namespace

task<result<chunk_table>> list_chunks(file& f, dataset const& data, std::optional<chunk_box> only)
{
    // Its chunks may be of another rank than its shape.
    if (data.unreadable)
        co_return *data.unreadable;
    chunk_collector out(f, data, std::move(only));
    if (auto const started = out.start(); !started)
        co_return started.error();
    if (data.chunking.address != hdf5::undefined_address) {
        auto const walked = co_await walk_index(out);
        if (!walked)
            co_return walked.error();
    }
    co_return out.finish();
}

}  // namespace lindi::node
