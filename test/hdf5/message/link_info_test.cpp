#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/message/link_info.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

// Written by libhdf5 1.10.8 for a group of 3,000 links with tracked and indexed creation order.
bytes const sample = hex("00 03 | b8 0b 00 00 00 00 00 00"  // version, flags, maximum index
                         "13 03 00 00 00 00 00 00 | a5 03 00 00 00 00 00 00"
                         "cb 03 00 00 00 00 00 00");

auto const decode_8_8 = [](block_view b) { return decode_link_info(b, {}); };

}  // namespace

TEST_CASE("link info: heap and both indexes")
{
    auto const info = decode_8_8(sample_block(sample)).value();
    CHECK(info.tracks_order);
    CHECK(info.indexes_order);
    CHECK(info.max_creation_index == 3000);
    CHECK(info.heap == 0x313);
    CHECK(info.name_index == 0x3a5);
    CHECK(info.order_index == 0x3cb);
}

TEST_CASE("link info: a group of few links has no heap")
{
    // Written by libhdf5 1.10.8 with libver latest: links are messages, creation order unknown.
    auto const body = hex("00 00 | ff ff ff ff ff ff ff ff | ff ff ff ff ff ff ff ff");
    auto const info = decode_8_8(sample_block(body)).value();
    CHECK_FALSE(info.tracks_order);
    CHECK(info.heap == undefined_address);
    CHECK(info.name_index == undefined_address);
    CHECK(info.order_index == undefined_address);
}

TEST_CASE("link info: addresses are as wide as the file's")
{
    auto const info = decode_link_info(sample_block(hex("00 00 | d0 1d | c0 07")), {2, 4}).value();
    CHECK(info.heap == 0x1dd0);
    CHECK(info.name_index == 0x7c0);
}

TEST_CASE("link info: every shorter body is refused")
{
    check_prefixes_refused(sample, decode_8_8);
}

TEST_CASE("link info: another version, reserved flags and a negative index are refused")
{
    auto const refused = [](bytes const& b) { return refusal(decode_8_8(sample_block(b))); };
    CHECK(refused(patched(sample, {{0, 1}})) == errc::unsupported_version);
    CHECK(refused(patched(sample, {{1, 0x07}})) == errc::bad_value);
    CHECK(refused(patched(sample, {{9, 0x80}})) == errc::bad_value);
}

TEST_CASE("link index record: the heap id stands behind hash or creation order")
{
    // Leaves of both indexes of the group above: hash and id, creation order and id.
    auto const by_name = hex("48 c3 30 04 | 00 1c ff 00 00 1a 00");
    auto const by_order = hex("21 00 00 00 00 00 00 00 | 00 bb 03 00 00 1a 00");
    auto const name_id = decode_link_record(sample_block(by_name), 5).value();
    CHECK(as_text(name_id.bytes) == as_text(std::span(by_name).subspan(4)));
    CHECK(name_id.at == sample_at + 4);
    auto const order_id = decode_link_record(sample_block(by_order), 6).value();
    CHECK(as_text(order_id.bytes) == as_text(std::span(by_order).subspan(8)));

    check_prefixes_refused(by_name, [](block_view b) { return decode_link_record(b, 5); });
    check_prefixes_refused(by_order, [](block_view b) { return decode_link_record(b, 6); });
}

TEST_CASE("link index record: other trees hold no links")
{
    auto const record = bytes(32);
    CHECK(refusal(decode_link_record(sample_block(record), 4)) == errc::bad_value);
    CHECK(refusal(decode_link_record(sample_block(record), 7)) == errc::bad_value);
}
