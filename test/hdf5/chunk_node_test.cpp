#include "sample.hpp"

#include <lindi/hdf5/chunk_node.hpp>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

constexpr file_sizes sizes{8, 8};

// From h5py 3.7: int16, shape (5, 4), chunks (2, 2), gzip; of six chunks the first and the last
// two, as dataset.id.get_chunk_info has them.
auto const leaf =
    hex("'TREE' 01 00 03 00"  // chunks, level 0, three children
        "ff ff ff ff ff ff ff ff | ff ff ff ff ff ff ff ff"
        "10 00 00 00 | 00 00 00 00"  // stored bytes, skipped filters
        "00 00 00 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 00 00 00 00 00 00"
        "30 15 00 00 00 00 00 00"
        "0d 00 00 00 | 00 00 00 00"
        "04 00 00 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 00 00 00 00 00 00"
        "70 15 00 00 00 00 00 00"
        "0d 00 00 00 | 01 00 00 00"
        "04 00 00 00 00 00 00 00 | 02 00 00 00 00 00 00 00 | 00 00 00 00 00 00 00 00"
        "7d 15 00 00 00 00 00 00"
        "00 00 00 00 | 00 00 00 00"  // the last key, as libhdf5 leaves it
        "06 00 00 00 00 00 00 00 | 02 00 00 00 00 00 00 00 | 02 00 00 00 00 00 00 00");

result<chunk_node> decode(block_view b)
{
    return decode_chunk_node(b, sizes, 2);
}

std::error_code refusal(bytes const& b)
{
    auto const decoded = decode(sample_block(b));
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

}  // namespace

TEST_CASE("chunk B-tree node: a leaf has the stored chunks")
{
    auto const node = decode(sample_block(leaf)).value();
    CHECK(node.level == 0);
    REQUIRE(node.entries.size() == 3);
    CHECK(node.entries[0].size == 16);
    CHECK(node.entries[0].filter_mask == 0);
    CHECK(node.entries[0].child == 0x1530);
    CHECK(node.entries[2].size == 13);
    CHECK(node.entries[2].filter_mask == 1);
    CHECK(node.entries[2].child == 0x157d);
    CHECK(node.origins == std::vector<std::uint64_t>{0, 0, 4, 0, 4, 2});
}

TEST_CASE("chunk B-tree node: higher nodes look the same")
{
    auto const node = decode(sample_block(patched(leaf, 5, "07"))).value();
    CHECK(node.level == 7);
    CHECK(node.entries.size() == 3);
}

TEST_CASE("chunk B-tree node: every shorter one is refused, and the error says where")
{
    check_prefixes(leaf, decode);
    CHECK(chunk_node_size(sizes, 2, 32) == 24 + 64 * 40 + 32);
}

TEST_CASE("chunk B-tree node: with another rank the same bytes make no sense")
{
    CHECK(decode_chunk_node(sample_block(leaf), sizes, 4).error().code() == errc::truncated);
    CHECK(decode_chunk_node(sample_block(leaf), sizes, 1).error().code() == errc::bad_value);
}

TEST_CASE("chunk B-tree node: what it must not hold is refused")
{
    CHECK(refusal(patched(leaf, 0, "'BTLF'")) == errc::bad_signature);
    CHECK(refusal(patched(leaf, 4, "00")) == errc::bad_value);
    CHECK(refusal(patched(leaf, 6, "ff ff")) == errc::truncated);
    CHECK(refusal(patched(leaf, 48, "02")) == errc::bad_value);  // starts inside an element
    CHECK(refusal(patched(leaf, 56, "ff ff ff ff ff ff ff ff")) == errc::bad_value);
}
