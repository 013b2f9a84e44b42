#include "sample.hpp"

#include <lindi/hdf5/chunk_index/fixed_array.hpp>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

constexpr file_sizes sizes{8, 8};
constexpr std::uint64_t header_address = 0x1cf;

// Written by h5py 3.7 with libver='latest': shape (5, 3), chunks (2, 2), deflate and fletcher32.
auto const header = hex("'FAHD' 00"
                        "01"                       // filtered chunks
                        "0e"                       // bytes of an element
                        "0a"                       // log2 of the elements of a page
                        "06 00 00 00 00 00 00 00"  // elements
                        "eb 01 00 00 00 00 00 00"  // data block
                        "73 de cd 0d");
auto const data_block = hex("'FADB' 00 01"
                            "cf 01 00 00 00 00 00 00"  // the header
                            "00 08 00 00 00 00 00 00 | 17 00 | 00 00 00 00"
                            "17 08 00 00 00 00 00 00 | 12 00 | 00 00 00 00"
                            "29 08 00 00 00 00 00 00 | 17 00 | 00 00 00 00"
                            "40 08 00 00 00 00 00 00 | 12 00 | 00 00 00 00"
                            "52 08 00 00 00 00 00 00 | 13 00 | 00 00 00 00"
                            "65 08 00 00 00 00 00 00 | 0f 00 | 00 00 00 00"
                            "b1 0b 68 d6");

// 12000 chunks, of which h5py wrote 0, 1, 1023, 1024, 5000 and 11999.
auto const paged_header = hex("'FAHD' 00 00 08 0a"
                              "e0 2e 00 00 00 00 00 00"
                              "00 10 00 00 00 00 00 00"
                              "33 3f b1 57");
auto const paged_block = hex("'FADB' 00 00"
                             "cf 01 00 00 00 00 00 00"
                             "c8 10"  // pages 0, 1, 4 and 11
                             "60 c0 69 f0");

result<fixed_array> decode(block_view b)
{
    return decode_fixed_array(b, sizes);
}

fixed_array const array = decode(sample_block(header)).value();
fixed_array const paged = decode(sample_block(paged_header)).value();

result<fixed_array_block> decode_block(block_view b)
{
    return decode_fixed_array_block(b, array, header_address, sizes);
}

std::error_code refusal(bytes const& b)
{
    auto const decoded = decode(sample_block(sealed(b)));
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

std::error_code block_refusal(bytes const& b)
{
    auto const decoded = decode_block(sample_block(sealed(b)));
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

}  // namespace

TEST_CASE("fixed array: the header says how many chunks there are and how they are described")
{
    REQUIRE(header.size() == fixed_array_header_size(sizes));
    CHECK(array.filtered);
    CHECK(array.format.size_width == 2);
    CHECK(array.element_count == 6);
    CHECK(array.data_block == 0x1eb);
    CHECK(!array.paged());
    CHECK(array.page_count() == 0);
    CHECK(array.data_block_size(sizes) == data_block.size());
}

TEST_CASE("fixed array: a data block has all chunks")
{
    auto const decoded = decode_block(sample_block(data_block)).value();
    REQUIRE(decoded.records.size() == 6);
    CHECK(decoded.pages.empty());
    CHECK(decoded.records[1].address == 2071);
    CHECK(decoded.records[1].size == 18);
    CHECK(decoded.records[5].address == 2149);
    CHECK(decoded.records[5].size == 15);
    CHECK(decoded.records[5].filter_mask == 0);
}

TEST_CASE("fixed array: many chunks lie in pages, and the data block says which there are")
{
    CHECK(paged.paged());
    CHECK(paged.page_count() == 12);
    CHECK(paged.page_size(sizes) == 1024 * 8 + 4);
    REQUIRE(paged.data_block_size(sizes) == paged_block.size());
    auto const decoded =
        decode_fixed_array_block(sample_block(paged_block), paged, header_address, sizes).value();
    CHECK(decoded.records.empty());
    REQUIRE(decoded.pages.size() == 12);
    for (std::size_t i = 0; i < 12; ++i)
        CHECK(decoded.pages[i] == (i == 0 || i == 1 || i == 4 || i == 11));
}

TEST_CASE("fixed array: a page has chunks and a checksum")
{
    auto const page =
        sealed(hex("00 08 00 00 00 00 00 00 | ff ff ff ff ff ff ff ff | 00 00 00 00"));
    auto const decode_page = [](block_view b) {
        return decode_fixed_array_page(b, paged, 2, sizes);
    };
    auto const records = decode_page(sample_block(page)).value();
    REQUIRE(records.size() == 2);
    CHECK(records[0].address == 0x800);
    CHECK(records[1].address == undefined_address);
    check_prefixes(page, decode_page);
    CHECK(decode_page(sample_block(patched(page, 0, "01"))).error().code() == errc::bad_checksum);
    auto const too_many =
        decode_fixed_array_page(sample_block(page), paged, ~std::uint64_t{0}, sizes);
    CHECK(too_many.error().code() == errc::truncated);
}

TEST_CASE("fixed array: every shorter header and block is refused, and the error says where")
{
    check_prefixes(header, decode);
    check_prefixes(data_block, decode_block);
    check_prefixes(paged_block, [](block_view b) {
        return decode_fixed_array_block(b, paged, header_address, sizes);
    });
}

TEST_CASE("fixed array: what a header must not hold is refused")
{
    CHECK(refusal(patched(header, 0, "'EAHD'")) == errc::bad_signature);
    CHECK(refusal(patched(header, 4, "01")) == errc::unsupported_version);
    CHECK(refusal(patched(header, 5, "02")) == errc::bad_value);
    CHECK(refusal(patched(header, 5, "00")) == errc::bad_value);  // elements too long for it
    CHECK(refusal(patched(header, 6, "0c")) == errc::bad_value);
    CHECK(refusal(patched(header, 7, "3b")) == errc::bad_value);
    CHECK(refusal(patched(header, 7, "ff")) == errc::bad_value);
    CHECK(refusal(patched(header, 8, "ff ff ff ff ff ff ff ff")) == errc::bad_value);
    CHECK(decode(sample_block(patched(header, 8, "07"))).error().code() == errc::bad_checksum);
}

TEST_CASE("fixed array: sizes of the largest arrays do not overflow")
{
    auto const most =
        decode(sample_block(sealed(patched(header, 6, "14 00 00 00 00 00 00 00 00 04"))));
    REQUIRE(most.has_value());
    CHECK(most->element_count == std::uint64_t{1} << 58);
    CHECK(most->page_count() == std::uint64_t{1} << 58);
    CHECK(most->data_block_size(sizes) == 14 + (std::uint64_t{1} << 55) + 4);
    auto const one_block =
        decode(sample_block(sealed(patched(header, 6, "14 3a 00 00 00 00 00 00 00 04"))));
    REQUIRE(one_block.has_value());
    CHECK(!one_block->paged());
    CHECK(one_block->data_block_size(sizes) == 14 + 20 * (std::uint64_t{1} << 58) + 4);
}

TEST_CASE("fixed array: what a data block must not hold is refused")
{
    CHECK(block_refusal(patched(data_block, 0, "'FAHD'")) == errc::bad_signature);
    CHECK(block_refusal(patched(data_block, 4, "01")) == errc::unsupported_version);
    CHECK(block_refusal(patched(data_block, 5, "00")) == errc::bad_value);
    CHECK(block_refusal(patched(data_block, 6, "ce")) == errc::bad_value);  // of another array
    CHECK(
        decode_block(sample_block(patched(data_block, 20, "01"))).error().code() ==
        errc::bad_checksum
    );
}
