#include "sample.hpp"

#include <lindi/hdf5/chunk_index/extensible_array.hpp>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

constexpr file_sizes sizes{8, 8};
constexpr std::uint64_t header_address = 0x1cf;

// Written by h5py 3.7 with libver='latest': 40 chunks of one dimension without end.
auto const header = hex("'EAHD' 00 00"
                        "08"                       // bytes of an element
                        "20 04 10 04 0a"           // see the case below
                        "00 00 00 00 00 00 00 00"  // super blocks
                        "00 00 00 00 00 00 00 00"  // their bytes
                        "02 00 00 00 00 00 00 00"  // data blocks
                        "ac 01 00 00 00 00 00 00"  // their bytes
                        "28 00 00 00 00 00 00 00"  // elements set
                        "34 00 00 00 00 00 00 00"  // elements with room
                        "17 02 00 00 00 00 00 00"  // index block
                        "42 49 6c 1a");

// Four chunks, two of six data blocks, none of 25 super blocks.
auto const index_block = joined(
    joined(
        hex("'EAIB' 00 00"
            "cf 01 00 00 00 00 00 00"  // the header
            "00 08 00 00 00 00 00 00 | 01 08 00 00 00 00 00 00"
            "02 08 00 00 00 00 00 00 | 03 08 00 00 00 00 00 00"
            "41 03 00 00 00 00 00 00 | d7 03 00 00 00 00 00 00"),
        bytes((4 + 25) * 8, std::byte{0xff})
    ),
    hex("7a 0b 3b 83")
);

// The first data block: chunks 4 to 19.
auto const data_block = hex("'EADB' 00 00"
                            "cf 01 00 00 00 00 00 00"  // the header
                            "00 00 00 00"              // offset in the array
                            "04 08 00 00 00 00 00 00 | 05 08 00 00 00 00 00 00"
                            "06 08 00 00 00 00 00 00 | 07 08 00 00 00 00 00 00"
                            "08 08 00 00 00 00 00 00 | 09 08 00 00 00 00 00 00"
                            "0a 08 00 00 00 00 00 00 | 0b 08 00 00 00 00 00 00"
                            "0c 08 00 00 00 00 00 00 | 0d 08 00 00 00 00 00 00"
                            "0e 08 00 00 00 00 00 00 | 0f 08 00 00 00 00 00 00"
                            "10 08 00 00 00 00 00 00 | 11 08 00 00 00 00 00 00"
                            "12 08 00 00 00 00 00 00 | 13 08 00 00 00 00 00 00"
                            "51 d6 4a 1a");

// Super block 13 of a like array with 300,000 chunks: 64 data blocks of two pages each. h5py wrote
// chunks in page 0 of block 0, page 1 of block 3 and both pages of block 6.
auto const super_block = [] {
    auto b = hex("'EASB' 00 00"
                 "cf 01 00 00 00 00 00 00"
                 "f0 ff 01 00"  // offset in the array, without the index block's elements
                 "81 0c");
    b.resize(18 + 64);
    b = joined(b, bytes(64 * 8, std::byte{0xff}));
    b = patched(b, 18 + 64, "00 10 00 00 00 00 00 00");
    b = patched(b, 18 + 64 + 3 * 8, "1e 50 00 00 00 00 00 00");
    b.resize(b.size() + 4);
    return sealed(b);
}();

result<extensible_array> decode(block_view b)
{
    return decode_extensible_array(b, sizes);
}

extensible_array const array = decode(sample_block(header)).value();

auto decode_index(block_view b)
{
    return decode_extensible_array_index_block(b, array, header_address, sizes);
}

auto decode_super(block_view b)
{
    return decode_extensible_array_super_block(b, array, 13, header_address, sizes);
}

auto decode_data(block_view b)
{
    return decode_extensible_array_data_block(b, array, 16, header_address, sizes);
}

std::error_code refusal(bytes const& b)
{
    auto const decoded = decode(sample_block(sealed(b)));
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

}  // namespace

TEST_CASE("extensible array: the header has the shape of the array")
{
    REQUIRE(header.size() == extensible_array_header_size(sizes));
    CHECK(!array.filtered);
    CHECK(array.max_elements_bits == 32);
    CHECK(array.index_elements == 4);
    CHECK(array.min_block_elements == 16);
    CHECK(array.min_block_pointers == 4);
    CHECK(array.page_bits == 10);
    CHECK(array.max_index == 40);
    CHECK(array.index_block == 0x217);
}

TEST_CASE("extensible array: super blocks double their elements")
{
    CHECK(array.super_block_count() == 29);
    CHECK(array.super_blocks_in_index() == 4);
    CHECK(array.data_blocks_in_index() == 6);
    CHECK(array.super_blocks_addressed() == 25);
    std::uint64_t first = array.index_elements;
    for (unsigned i = 0; i < array.super_block_count(); ++i) {
        CAPTURE(i);
        CHECK(array.first_element_of(i) == first);
        CHECK(array.data_blocks_of(i) * array.elements_of(i) == std::uint64_t{16} << i);
        first += array.data_blocks_of(i) * array.elements_of(i);
    }
    CHECK(array.data_blocks_of(0) == 1);
    CHECK(array.elements_of(0) == 16);
    CHECK(array.data_blocks_of(1) == 1);
    CHECK(array.elements_of(1) == 32);
    CHECK(array.data_blocks_of(13) == 64);
    CHECK(array.elements_of(13) == 2048);
    CHECK(!array.paged(1024));
    CHECK(array.paged(2048));
}

TEST_CASE("extensible array: the index block has first chunks and the ways to the others")
{
    REQUIRE(index_block.size() == array.index_block_size(sizes));
    auto const index = decode_index(sample_block(index_block)).value();
    REQUIRE(index.records.size() == 4);
    CHECK(index.records[3].address == 2051);
    REQUIRE(index.data_blocks.size() == 6);
    CHECK(index.data_blocks[1] == 0x3d7);
    CHECK(index.data_blocks[2] == undefined_address);
    CHECK(index.super_blocks == std::vector<std::uint64_t>(25, undefined_address));
}

TEST_CASE("extensible array: a data block has chunks")
{
    REQUIRE(data_block.size() == array.data_block_size(16, sizes));
    auto const records = decode_data(sample_block(data_block)).value();
    REQUIRE(records.size() == 16);
    CHECK(records[0].address == 2052);
    CHECK(records[15].address == 2067);
}

TEST_CASE("extensible array: elements of filtered chunks have sizes")
{
    // Index block elements 0 and 3 of such a dataset, where 1 and 2 were not written.
    auto filtered = array;
    filtered.filtered = true;
    filtered.format = {true, 2};
    filtered.min_block_pointers = 1;
    filtered.max_elements_bits = 4;
    auto const b = sealed(hex("'EAIB' 00 01 | cf 01 00 00 00 00 00 00"
                              "00 08 00 00 00 00 00 00 | 09 00 | 00 00 00 00"
                              "ff ff ff ff ff ff ff ff | 00 00 | 00 00 00 00"
                              "ff ff ff ff ff ff ff ff | 00 00 | 00 00 00 00"
                              "09 08 00 00 00 00 00 00 | 09 00 | 00 00 00 00"
                              "ff ff ff ff ff ff ff ff"
                              "00 00 00 00"));
    REQUIRE(b.size() == filtered.index_block_size(sizes));
    auto const index =
        decode_extensible_array_index_block(sample_block(b), filtered, header_address, sizes)
            .value();
    CHECK(index.records[0].size == 9);
    CHECK(index.records[1].address == undefined_address);
    CHECK(index.records[3].address == 2057);
    CHECK(index.data_blocks.empty());
    CHECK(index.super_blocks.size() == 1);
}

TEST_CASE("extensible array: a super block says which pages of its data blocks there are")
{
    REQUIRE(super_block.size() == array.super_block_size(13, sizes));
    auto const block = decode_super(sample_block(super_block)).value();
    REQUIRE(block.data_blocks.size() == 64);
    CHECK(block.data_blocks[0] == 0x1000);
    CHECK(block.data_blocks[1] == undefined_address);
    CHECK(block.data_blocks[3] == 0x501e);
    REQUIRE(block.pages.size() == 128);
    for (std::size_t i = 0; i < 128; ++i)
        CHECK(block.pages[i] == (i == 0 || i == 2 * 3 + 1 || i == 2 * 6 || i == 2 * 6 + 1));
}

TEST_CASE("extensible array: super blocks of short data blocks have no page bits")
{
    // Super block 4: four data blocks of 64 elements.
    auto b = hex("'EASB' 00 00 | cf 01 00 00 00 00 00 00 | f0 00 00 00");
    b = joined(b, bytes(4 * 8, std::byte{0xff}));
    b.resize(b.size() + 4);
    b = sealed(b);
    REQUIRE(b.size() == array.super_block_size(4, sizes));
    auto const block =
        decode_extensible_array_super_block(sample_block(b), array, 4, header_address, sizes)
            .value();
    CHECK(block.pages.empty());
    CHECK(block.data_blocks.size() == 4);
}

TEST_CASE("extensible array: paged data blocks have their elements behind them")
{
    auto const b =
        sealed(hex("'EADB' 00 00 | cf 01 00 00 00 00 00 00 | f0 ff 01 00 | 00 00 00 00"));
    REQUIRE(b.size() == array.data_block_size(2048, sizes));
    auto const none =
        decode_extensible_array_data_block(sample_block(b), array, 2048, header_address, sizes);
    CHECK(none.value().empty());

    auto small = array;
    small.page_bits = 1;
    auto const page =
        sealed(hex("00 08 00 00 00 00 00 00 | ff ff ff ff ff ff ff ff | 00 00 00 00"));
    REQUIRE(page.size() == small.page_size(sizes));
    auto const decode_page = [&](block_view v) {
        return decode_extensible_array_page(v, small, sizes);
    };
    CHECK(decode_page(sample_block(page)).value().size() == 2);
    check_prefixes(page, decode_page);
    CHECK(decode_page(sample_block(patched(page, 1, "09"))).error().code() == errc::bad_checksum);
}

TEST_CASE("extensible array: every shorter block is refused, and the error says where")
{
    check_prefixes(header, decode);
    check_prefixes(index_block, decode_index);
    check_prefixes(super_block, decode_super);
    check_prefixes(data_block, decode_data);
}

TEST_CASE("extensible array: what a header must not hold is refused")
{
    CHECK(refusal(patched(header, 0, "'FAHD'")) == errc::bad_signature);
    CHECK(refusal(patched(header, 4, "01")) == errc::unsupported_version);
    CHECK(refusal(patched(header, 5, "02")) == errc::bad_value);
    CHECK(refusal(patched(header, 6, "00")) == errc::bad_value);
    CHECK(refusal(patched(header, 7, "ff")) == errc::unsupported);
    CHECK(refusal(patched(header, 7, "03")) == errc::bad_value);  // less than a data block
    CHECK(refusal(patched(header, 9, "00")) == errc::bad_value);  // least elements
    CHECK(refusal(patched(header, 9, "11")) == errc::bad_value);
    CHECK(refusal(patched(header, 10, "00")) == errc::bad_value);  // least pointers
    CHECK(refusal(patched(header, 10, "06")) == errc::bad_value);
    CHECK(
        refusal(patched(header, 7, "06")) == errc::bad_value
    );  // three super blocks, four in the index
    CHECK(refusal(patched(header, 11, "ff")) == errc::bad_value);  // page bits
    CHECK(decode(sample_block(patched(header, 44, "29"))).error().code() == errc::bad_checksum);
}

TEST_CASE("extensible array: sizes of the largest arrays do not overflow")
{
    auto const most = decode(sample_block(sealed(patched(header, 7, "3a ff 01 80 00"))));
    REQUIRE(most.has_value());
    auto const last = most->super_block_count() - 1;
    CHECK(last == 58);
    CHECK(most->first_element_of(last) == 255 + (std::uint64_t{1} << 58) - 1);
    // 2^29 data blocks of 2^29 pages of one element
    CHECK(
        most->super_block_size(last, sizes) ==
        14 + 8 + (std::uint64_t{1} << 29) * ((std::uint64_t{1} << 26) + 8) + 4
    );
    CHECK(most->data_block_size(most->elements_of(last), sizes) == 14 + 8 + 4);
}

TEST_CASE("extensible array: what a block must not hold is refused")
{
    auto const refused = [](auto decoder, bytes const& b) {
        return decoder(sample_block(sealed(b))).error().code();
    };
    CHECK(refused(decode_index, patched(index_block, 0, "'EASB'")) == errc::bad_signature);
    CHECK(refused(decode_index, patched(index_block, 4, "01")) == errc::unsupported_version);
    CHECK(refused(decode_index, patched(index_block, 5, "01")) == errc::bad_value);
    CHECK(refused(decode_index, patched(index_block, 6, "d0")) == errc::bad_value);
    CHECK(refused(decode_super, patched(super_block, 0, "'EAIB'")) == errc::bad_signature);
    CHECK(refused(decode_super, patched(super_block, 6, "d0")) == errc::bad_value);
    CHECK(
        refused(decode_super, patched(super_block, 14, "f1")) == errc::bad_value
    );  // another place
    CHECK(refused(decode_data, patched(data_block, 0, "'FADB'")) == errc::bad_signature);
    CHECK(refused(decode_data, patched(data_block, 6, "d0")) == errc::bad_value);
    CHECK(
        decode_data(sample_block(patched(data_block, 30, "ff"))).error().code() ==
        errc::bad_checksum
    );
    auto const beyond = decode_extensible_array_super_block(
        sample_block(super_block), array, 29, header_address, sizes
    );
    CHECK(beyond.error().code() == errc::bad_value);
}
