#include "btree_v2_reader.hpp"
#include "chunk_index.hpp"

#include <lindi/hdf5/chunk_index/btree_v2_chunks.hpp>

namespace lindi::node {

task<result<void>> list_btree_v2_chunks(chunk_collector& out)
{
    auto& f = out.from();
    auto add = [&out](hdf5::btree_v2 const& tree, block_view record) -> result<void> {
        bool const filtered = tree.type == hdf5::btree_v2_type::chunks_filtered;
        if (!filtered && tree.type != hdf5::btree_v2_type::chunks)
            return error(errc::bad_value, record.at, "chunk B-tree", "it indexes something else");
        auto const chunk = hdf5::decode_chunk_record(
            record, filtered, out.data().space.rank(), out.from().sizes()
        );
        if (!chunk)
            return chunk.error();
        return out.add(chunk->position, chunk->chunk);
    };
    std::function<result<void>(hdf5::btree_v2 const&, block_view)> visit = add;
    co_return co_await visit_btree_v2(f, out.data().chunking.address, std::move(visit));
}

}  // namespace lindi::node
