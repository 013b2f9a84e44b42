#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/message/layout.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

using numbers = std::vector<std::uint64_t>;

// hdf5-json's tallrw.h5 at 0x17b0, an array of 20 numbers of 4 bytes, written by HDF5 1.2.
bytes const old_contiguous =
    hex("01 02 01 | 00 00 00 00 00 | 60 18 00 00 00 00 00 00 | 14 00 00 00 04 00 00 00");
// jhdf's hdf_v14_test2.hdf5 at 0x2650; h5dump -p: CHUNKED ( 5, 5 ).
bytes const old_chunked =
    hex("01 03 02 | 00 00 00 00 00 | 58 03 00 00 00 00 00 00 | 05 00 00 00 05 00 00 00 04 00 00 00"
    );
// As the specification has it; HDF5 1.6.0 to 1.6.2 wrote such data.
bytes const old_compact = hex("02 01 00 | 00 00 00 00 00 | 03 00 00 00 | 03 00 00 00 | 'abc'");
// jhdf's test_compact_datasets_earliest.hdf5 at 0xf50.
bytes const compact = hex("03 00 | 0a 00 | 00 01 02 03 04 05 06 07 08 09");
// Written by libhdf5 1.10.8 with H5Pset_sizes(2, 2).
bytes const contiguous_2_2 = hex("03 01 | 00 08 | 78 00");
bytes const chunked_2_2 = hex("03 02 | 02 | 00 10 | 07 00 00 00 | 04 00 00 00");
// hdfview's and jhdf's files of libver latest, and files written by libhdf5 1.10.8: one of each
// index.
bytes const single_filtered =
    hex("04 02 | 02 02 01 | 20 01 | 01"
        "18 00 00 00 00 00 00 00 | 00 00 00 00 | 14 23 00 00 00 00 00 00");
bytes const single = hex("04 02 | 00 02 01 | 03 10 | 01 | 40 22 00 00 00 00 00 00");
bytes const implicit = hex("04 02 | 00 02 01 | 05 04 | 02 | 00 08 00 00 00 00 00 00");
bytes const fixed_array = hex("04 02 | 01 02 01 | 0a 04 | 03 | 0a | 57 07 00 00 00 00 00 00");
bytes const extensible_array =
    hex("04 02 | 01 03 01 | 04 04 04 | 04 | 20 04 04 10 0a | 77 03 00 00 00 00 00 00");
bytes const btree_v2 =
    hex("04 02 | 00 03 01 | 03 04 04 | 05 | 00 08 00 00 64 28 | bf 01 00 00 00 00 00 00");
// Written by libhdf5 2.2: chunks of 70,000 x 70,000 bytes.
bytes const version_5 = hex(
    "05 02 | 00 03 03 | 70 11 01 70 11 01 01 00 00 | 04 | 20 04 04 10 0a | ff ff ff ff ff ff ff ff"
);
// Written by libhdf5 1.10.8.
bytes const virtual_layout = hex("04 03 | f0 08 00 00 00 00 00 00 | 01 00 00 00");

result<layout> decode(bytes const& b, file_sizes sizes = {})
{
    return decode_layout(sample_block(b), sizes);
}

auto const decode_8_8 = [](block_view b) { return decode_layout(b, {}); };

}  // namespace

TEST_CASE("layout: contiguous, with the size since version 3")
{
    auto const found = decode(contiguous_2_2, {2, 2}).value();
    CHECK(found.version == 3);
    CHECK(found.what == layout_class::contiguous);
    CHECK(found.address == 0x800);
    CHECK(found.size == 120);
}

TEST_CASE("layout: contiguous in versions 1 and 2, with extents instead")
{
    auto const found = decode(old_contiguous).value();
    CHECK(found.version == 1);
    CHECK(found.what == layout_class::contiguous);
    CHECK(found.address == 0x1860);
    CHECK_FALSE(found.size.has_value());
    CHECK(found.old_dimensions == numbers{20, 4});
}

TEST_CASE("layout: data that were never written have no address")
{
    auto const found = decode(hex("03 01 | ff ff | 78 00"), {2, 2}).value();
    CHECK(found.address == undefined_address);
}

TEST_CASE("layout: compact data lie in the message")
{
    auto const found = decode(compact).value();
    CHECK(found.what == layout_class::compact);
    CHECK(found.compact.at == sample_at + 4);
    CHECK(found.compact.size() == 10);
    CHECK(found.compact.bytes[9] == std::byte{9});
    auto const old = decode(old_compact).value();
    CHECK(old.what == layout_class::compact);
    CHECK(old.old_dimensions == numbers{3});
    CHECK(as_text(old.compact.bytes) == "abc");
}

TEST_CASE("layout: chunks in a version 1 B-tree, up to version 3")
{
    auto const old = decode(old_chunked).value();
    CHECK(old.what == layout_class::chunked);
    CHECK(old.chunks.index == chunk_index_type::btree_v1);
    CHECK(old.chunks.address == 0x358);
    CHECK(old.chunks.shape == numbers{5, 5});
    CHECK(old.chunks.element_size == 4);
    CHECK(old.address == undefined_address);
    auto const found = decode(chunked_2_2, {2, 2}).value();
    CHECK(found.chunks.index == chunk_index_type::btree_v1);
    CHECK(found.chunks.address == 0x1000);
    CHECK(found.chunks.shape == numbers{7});
    CHECK(found.chunks.element_size == 4);
}

TEST_CASE("layout: one chunk without an index")
{
    auto const plain = decode(single).value();
    CHECK(plain.chunks.index == chunk_index_type::single);
    CHECK(plain.chunks.shape == numbers{3});
    CHECK(plain.chunks.element_size == 16);
    CHECK(plain.chunks.address == 0x2240);
    CHECK_FALSE(plain.chunks.single_filtered_size.has_value());
    auto const filtered = decode(single_filtered).value();
    CHECK(filtered.chunks.shape == numbers{32});
    CHECK(filtered.chunks.single_filtered_size == 24);
    CHECK(filtered.chunks.single_filter_mask == 0);
    CHECK(filtered.chunks.address == 0x2314);
}

TEST_CASE("layout: the other indexes of version 4")
{
    auto const a = decode(implicit).value();
    CHECK(a.chunks.index == chunk_index_type::implicit);
    CHECK(a.chunks.shape == numbers{5});
    CHECK(a.chunks.address == 0x800);
    CHECK_FALSE(a.chunks.partial_edges_unfiltered);
    auto const b = decode(fixed_array).value();
    CHECK(b.chunks.index == chunk_index_type::fixed_array);
    CHECK(b.chunks.partial_edges_unfiltered);
    CHECK(b.chunks.address == 0x757);
    auto const c = decode(extensible_array).value();
    CHECK(c.chunks.index == chunk_index_type::extensible_array);
    CHECK(c.chunks.shape == numbers{4, 4});
    CHECK(c.chunks.address == 0x377);
    auto const d = decode(btree_v2).value();
    CHECK(d.chunks.index == chunk_index_type::btree_v2);
    CHECK(d.chunks.shape == numbers{3, 4});
    CHECK(d.chunks.address == 0x1bf);
}

TEST_CASE("layout: since version 5 a chunk may have 4 GiB and more")
{
    auto const found = decode(version_5).value();
    CHECK(found.version == 5);
    CHECK(found.chunks.shape == numbers{70000, 70000});
    CHECK(found.chunks.element_size == 1);
    CHECK(found.chunks.address == undefined_address);
    CHECK(refusal(decode(patched(version_5, {{0, 4}}))) == errc::bad_value);
    // 2^16 x 2^16 elements in version 3.
    auto const wide = hex("03 02 | 03 | 00 10 | 00 00 01 00 | 00 00 01 00 | 01 00 00 00");
    CHECK(refusal(decode(wide, {2, 2})) == errc::bad_value);
    // 2^64 bytes.
    auto const widest = hex("05 02 | 00 03 08 | 0000000001000000 0000000001000000 0100000000000000"
                            "02 | 0008000000000000");
    CHECK(refusal(decode(widest)) == errc::bad_value);
}

TEST_CASE("layout: virtual datasets have their mappings in the global heap")
{
    auto const found = decode(virtual_layout).value();
    CHECK(found.what == layout_class::virtual_);
    CHECK(found.virtual_mappings == global_heap_id{0x8f0, 1});
}

TEST_CASE("layout: every shorter body is refused")
{
    for (auto const& sample :
         {old_contiguous,
          old_chunked,
          old_compact,
          compact,
          single_filtered,
          single,
          implicit,
          fixed_array,
          extensible_array,
          btree_v2,
          version_5,
          virtual_layout})
        check_prefixes_refused(sample, decode_8_8);
    for (auto const& sample : {contiguous_2_2, chunked_2_2})
        check_prefixes_refused(sample, [](block_view b) { return decode_layout(b, {2, 2}); });
}

TEST_CASE("layout: versions 0 and 6 are unknown")
{
    CHECK(refusal(decode(patched(single, {{0, 0}}))) == errc::unsupported_version);
    CHECK(refusal(decode(patched(single, {{0, 6}}))) == errc::unsupported_version);
}

TEST_CASE("layout: classes come with versions")
{
    CHECK(refusal(decode(patched(old_contiguous, {{2, 3}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(virtual_layout, {{0, 3}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(virtual_layout, {{1, 4}}))) == errc::bad_value);
}

TEST_CASE("layout: chunks have 1 to 32 dimensions, none of them 0")
{
    CHECK(refusal(decode(patched(single, {{3, 1}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(single, {{3, 34}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(single, {{5, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(single, {{6, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(old_chunked, {{16, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(old_chunked, {{1, 1}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(old_contiguous, {{1, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(old_contiguous, {{1, 34}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(chunked_2_2, {{5, 0}}), {2, 2})) == errc::bad_value);
}

TEST_CASE("layout: reserved flags, unknown indexes and widths are refused")
{
    CHECK(refusal(decode(patched(single, {{2, 0x04}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(single, {{4, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(single, {{4, 9}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(single, {{7, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(single, {{7, 6}}))) == errc::bad_value);
}

TEST_CASE("layout: parameters of indexes are not 0, percentages not above 100")
{
    CHECK(refusal(decode(patched(fixed_array, {{8, 0}}))) == errc::bad_value);
    for (std::size_t i = 9; i < 14; ++i)
        CHECK(refusal(decode(patched(extensible_array, {{i, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(btree_v2, {{13, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(btree_v2, {{13, 101}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(btree_v2, {{14, 0}}))) == errc::bad_value);
}

TEST_CASE("layout: compact data beyond the body are refused")
{
    CHECK(refusal(decode(patched(compact, {{3, 0xff}}))) == errc::truncated);
    CHECK(refusal(decode(patched(old_compact, {{15, 0xff}}))) == errc::truncated);
}
