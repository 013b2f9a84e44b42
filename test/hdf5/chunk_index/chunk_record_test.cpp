#include "sample.hpp"

#include <lindi/hdf5/chunk_index/chunk_record.hpp>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

constexpr file_sizes sizes{8, 8};

result<chunk_record_format> format_of(bool filtered, std::uint64_t size)
{
    return chunk_record_format::from_element_size(filtered, size, sizes, 0x40);
}

}  // namespace

TEST_CASE("chunk record: unfiltered, it is an address")
{
    auto const format = format_of(false, 8).value();
    CHECK(!format.filtered);
    CHECK(format.size(sizes) == 8);
    auto const element = hex("00 08 00 00 00 00 00 00");
    cursor c(sample_block(element), "test");
    auto const record = read_chunk_record(c, format, sizes);
    CHECK(c.ok());
    CHECK(record.address == 0x800);
    CHECK(record.size == 0);
}

TEST_CASE("chunk record: filtered, it has a stored size and a mask too")
{
    // h5py 3.7: chunk at 2071, 18 bytes; the mask is made up
    auto const format = format_of(true, 14).value();
    CHECK(format.size_width == 2);
    CHECK(format.size(sizes) == 14);
    auto const element = hex("17 08 00 00 00 00 00 00 | 12 00 | 04 00 00 00");
    cursor c(sample_block(element), "test");
    auto const record = read_chunk_record(c, format, sizes);
    CHECK(c.ok());
    CHECK(c.remaining() == 0);
    CHECK(record.address == 2071);
    CHECK(record.size == 18);
    CHECK(record.filter_mask == 4);
}

TEST_CASE("chunk record: sizes that leave no sense are refused, and the error says where")
{
    for (std::uint64_t const size : {0u, 7u, 9u, 14u})
        CHECK(format_of(false, size).error().code() == errc::bad_value);
    for (std::uint64_t const size : {0u, 8u, 12u, 21u, 255u})
        CHECK(format_of(true, size).error().code() == errc::bad_value);
    CHECK(format_of(true, 13).value().size_width == 1);
    CHECK(format_of(true, 20).value().size_width == 8);
    CHECK(format_of(true, ~std::uint64_t{0}).error().at() == 0x40);
}
