#include "block_input.hpp"

#include <lindi/hdf5/chunk_index/btree_v2_chunks.hpp>

using namespace lindi;

// Input: a byte for the widths, the rank with the highest bit for filters, then a record.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size < 2)
        return 0;
    auto const [sizes, input] = fuzz::split(data, size);
    std::size_t const rank = data[1] & 0x7f;
    bool const filtered = data[1] & 0x80;
    auto const record = hdf5::decode_chunk_record(fuzz::behind(input, 1), filtered, rank, sizes);
    if (record)
        fuzz::check(record->position.size() == rank);
    return 0;
}
