#include "decode.hpp"
#include "hex.hpp"
#include "sample.hpp"

#include <lindi/hdf5/shared_table.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

// Written by libhdf5 1.10.8 with three indexes; version, kind, types, smallest message, cutoffs of
// list and B-tree, messages; index and heap.
bytes const table = hex("'SMTB'"
                        "00 01 | 0a 00 | 0a 00 00 00 | 08 00 | 04 00 | 23 00"
                        "c2 11 00 00 00 00 00 00 | ee 02 00 00 00 00 00 00"
                        "00 00 | 20 08 | 0a 00 00 00 | 08 00 | 04 00 | 02 00"
                        "80 03 00 00 00 00 00 00 | 10 04 00 00 00 00 00 00"
                        "00 01 | 00 10 | 10 00 00 00 | 08 00 | 04 00 | 20 00"
                        "a6 17 00 00 00 00 00 00 | a0 05 00 00 00 00 00 00"
                        "e7 68 a1 a6");

auto const decode_8_8 = [](block_view b) { return decode_shared_table(b, {}, 3); };

}  // namespace

TEST_CASE("shared message table: where the indexes are and what they are of")
{
    auto const indexes = decode_8_8(sample_block(table)).value();
    REQUIRE(indexes.size() == 3);
    CHECK(indexes[0].is_list == false);
    CHECK(indexes[0].message_types == 0x000a);
    CHECK(indexes[0].message_count == 35);
    CHECK(indexes[0].index == 0x11c2);
    CHECK(indexes[0].heap == 0x2ee);
    CHECK(indexes[1].is_list == true);
    CHECK(indexes[1].message_types == 0x0820);
    CHECK(indexes[1].message_count == 2);
    CHECK(indexes[1].index == 0x380);
    CHECK(indexes[1].heap == 0x410);
    CHECK(indexes[2].is_list == false);
    CHECK(indexes[2].message_types == 0x1000);
    CHECK(indexes[2].message_count == 32);
    CHECK(indexes[2].index == 0x17a6);
    CHECK(indexes[2].heap == 0x5a0);
    CHECK(indexes[0].min_message_size == 10);
    CHECK(indexes[0].list_cutoff == 8);
    CHECK(indexes[0].btree_cutoff == 4);
}

TEST_CASE("shared message table: its size follows from the number of indexes")
{
    CHECK(shared_table_size({}, 3) == table.size());
}

TEST_CASE("shared message table: every shorter block is refused")
{
    check_prefixes_refused(table, decode_8_8);
}

TEST_CASE("shared message table: signature, versions, kinds and checksum are checked")
{
    auto const refused = [](bytes const& b) { return refusal(decode_8_8(sample_block(b))); };
    CHECK(refused(patched(table, {{0, 'X'}})) == errc::bad_signature);
    CHECK(refused(sealed(patched(table, {{4, 1}}))) == errc::unsupported_version);
    CHECK(refused(sealed(patched(table, {{5, 2}}))) == errc::bad_value);
    CHECK(refused(patched(table, {{7, 0x20}})) == errc::bad_checksum);
}

TEST_CASE("shared message table message: address and number of indexes")
{
    // Written by libhdf5 1.10.8 with one index.
    auto const body = hex("00 | 61 00 00 00 00 00 00 00 | 01");
    auto const decode = [](block_view b) { return decode_shared_table_message(b, {}); };
    auto const message = decode(sample_block(body)).value();
    CHECK(message.table == 0x61);
    CHECK(message.index_count == 1);
    check_prefixes_refused(body, decode);
    CHECK(refusal(decode(sample_block(patched(body, {{0, 1}})))) == errc::unsupported_version);
    CHECK(refusal(decode(sample_block(patched(body, {{9, 9}})))) == errc::bad_value);
}
