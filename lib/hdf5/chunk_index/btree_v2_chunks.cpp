#include <lindi/hdf5/chunk_index/btree_v2_chunks.hpp>

namespace lindi::hdf5 {

result<btree_chunk_record>
decode_chunk_record(block_view record, bool filtered, std::size_t rank, file_sizes sizes)
{
    cursor c(record, "chunk record of a B-tree");
    if (!c.room_for(rank, 8))
        return c.failure();
    auto const in_front = record.size() - 8 * rank;
    auto const format =
        chunk_record_format::from_element_size(filtered, in_front, sizes, record.at);
    if (!format)
        return format.error();
    btree_chunk_record out;
    out.chunk = read_chunk_record(c, *format, sizes);
    c.require(out.chunk.address != undefined_address, errc::bad_value, "undefined chunk address");
    out.position.reserve(rank);
    for (std::size_t i = 0; i < rank; ++i)
        out.position.push_back(c.u64());
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
