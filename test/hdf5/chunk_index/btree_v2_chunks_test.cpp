#include "sample.hpp"

#include <lindi/hdf5/chunk_index/btree_v2_chunks.hpp>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

constexpr file_sizes sizes{8, 8};

// From datasets with two unlimited dimensions, written by h5py 3.7 with libver='latest'.
auto const plain = hex("01 08 00 00 00 00 00 00"
                       "00 00 00 00 00 00 00 00 | 01 00 00 00 00 00 00 00");
auto const filtered = hex("0a 08 00 00 00 00 00 00 | 0a 00 | 00 00 00 00"
                          "00 00 00 00 00 00 00 00 | 01 00 00 00 00 00 00 00");

}  // namespace

TEST_CASE("chunk record of a B-tree: address and position")
{
    auto const decode = [](block_view b) { return decode_chunk_record(b, false, 2, sizes); };
    auto const record = decode(sample_block(plain)).value();
    CHECK(record.chunk.address == 2049);
    CHECK(record.chunk.size == 0);
    CHECK(record.position == std::vector<std::uint64_t>{0, 1});
    check_prefixes(plain, decode);
}

TEST_CASE("chunk record of a B-tree: filtered, with stored size and mask")
{
    auto const record = decode_chunk_record(sample_block(filtered), true, 2, sizes).value();
    CHECK(record.chunk.address == 2058);
    CHECK(record.chunk.size == 10);
    CHECK(record.chunk.filter_mask == 0);
    CHECK(record.position == std::vector<std::uint64_t>{0, 1});
}

TEST_CASE("chunk record of a B-tree: records that do not fit the rank are refused")
{
    auto const refused = [](bytes const& b, bool is_filtered, std::size_t rank) {
        return decode_chunk_record(sample_block(b), is_filtered, rank, sizes).error().code();
    };
    CHECK(refused(plain, false, 1) == errc::bad_value);
    CHECK(refused(plain, false, 3) == errc::bad_value);
    CHECK(refused(plain, false, 4) == errc::truncated);
    CHECK(refused(plain, true, 2) == errc::bad_value);
    CHECK(refused(filtered, false, 2) == errc::bad_value);
    CHECK(refused(filtered, true, 3) == errc::bad_value);
    CHECK(refused(patched(plain, 0, "ff ff ff ff ff ff ff ff"), false, 2) == errc::bad_value);
}
