#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/message/attribute_info.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

// Written by libhdf5 1.10.8 for 30 attributes with tracked and indexed creation order.
bytes const sample = hex("00 03 | 1e 00"  // version, flags, maximum index
                         "88 03 00 00 00 00 00 00 | 1a 04 00 00 00 00 00 00"
                         "40 04 00 00 00 00 00 00");
// The second record of a leaf of each index: heap id, flags, creation order; hash of the name.
bytes const by_name = hex("00 63 02 00 00 00 1f 00 | 00 | 13 00 00 00 | 9a 06 37 0a");
bytes const by_order = hex("00 54 00 00 00 00 1f 00 | 00 | 02 00 00 00");

auto const decode_8_8 = [](block_view b) { return decode_attribute_info(b, {}); };

}  // namespace

TEST_CASE("attribute info: heap and both indexes")
{
    auto const info = decode_8_8(sample_block(sample)).value();
    CHECK(info.tracks_order);
    CHECK(info.indexes_order);
    CHECK(info.max_creation_index == 30);
    CHECK(info.heap == 0x388);
    CHECK(info.name_index == 0x41a);
    CHECK(info.order_index == 0x440);
}

TEST_CASE("attribute info: creation order may be unknown, addresses as narrow as the file's")
{
    // Written by libhdf5 1.10.8 with H5Pset_sizes(2, 4) for an object with many attributes.
    auto const body = hex("00 00 | 4e 22 | 5d 06");
    auto const info = decode_attribute_info(sample_block(body), {2, 4}).value();
    CHECK_FALSE(info.tracks_order);
    CHECK(info.heap == 0x224e);
    CHECK(info.name_index == 0x65d);
    CHECK(info.order_index == undefined_address);
}

TEST_CASE("attribute info: few attributes are messages of their own")
{
    auto const body = hex("00 01 01 00 | ff ff ff ff ff ff ff ff | ff ff ff ff ff ff ff ff");
    auto const info = decode_8_8(sample_block(body)).value();
    CHECK(info.tracks_order);
    CHECK_FALSE(info.indexes_order);
    CHECK(info.max_creation_index == 1);
    CHECK(info.heap == undefined_address);
}

TEST_CASE("attribute info: every shorter body is refused")
{
    check_prefixes_refused(sample, decode_8_8);
}

TEST_CASE("attribute info: another version and reserved flags are refused")
{
    auto const refused = [](bytes const& b) { return refusal(decode_8_8(sample_block(b))); };
    CHECK(refused(patched(sample, {{0, 1}})) == errc::unsupported_version);
    CHECK(refused(patched(sample, {{1, 0x04}})) == errc::bad_value);
}

TEST_CASE("attribute index record: id, flags and creation order")
{
    auto const name = decode_attribute_record(sample_block(by_name), 8).value();
    CHECK(as_text(name.heap_id.bytes) == as_text(std::span(by_name).first(8)));
    CHECK(name.message_flags == 0);
    CHECK(name.creation_order == 19);
    auto const order = decode_attribute_record(sample_block(by_order), 9).value();
    CHECK(as_text(order.heap_id.bytes) == as_text(std::span(by_order).first(8)));
    CHECK(order.creation_order == 2);

    check_prefixes_refused(by_name, [](block_view b) { return decode_attribute_record(b, 8); });
    check_prefixes_refused(by_order, [](block_view b) { return decode_attribute_record(b, 9); });
}

TEST_CASE("attribute index record: a shared message says so in its flags")
{
    auto const record = patched(by_name, {{8, 0x02}});
    CHECK(decode_attribute_record(sample_block(record), 8).value().message_flags == 0x02);
}

TEST_CASE("attribute index record: other trees hold no attributes")
{
    auto const record = bytes(32);
    CHECK(refusal(decode_attribute_record(sample_block(record), 7)) == errc::bad_value);
    CHECK(refusal(decode_attribute_record(sample_block(record), 10)) == errc::bad_value);
}
