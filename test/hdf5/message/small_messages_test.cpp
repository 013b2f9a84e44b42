#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/message/small_messages.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

TEST_CASE("continuation: address and length of the next block")
{
    // jhdf's test_file2.hdf5 at 0xde.
    auto const body = hex("2b 05 00 00 00 00 00 00 | 30 00 00 00 00 00 00 00");
    auto const decode = [](block_view b) { return decode_continuation(b, {}); };
    auto const range = decode(sample_block(body)).value();
    CHECK(range.offset == 0x52b);
    CHECK(range.size == 48);
    check_prefixes_refused(body, decode);
    CHECK(refusal(decode(sample_block(patched(body, {{8, 0}})))) == errc::bad_value);
}

TEST_CASE("comment: text up to its NUL")
{
    // hdf5's trefer_param.h5 at 0x748; h5dump: COMMENT "Foo!".
    CHECK(decode_comment(sample_block(hex("'Foo!' 00 00 00 00"))).value() == "Foo!");
    check_prefixes_refused(hex("'Foo!' 00"), decode_comment);
}

TEST_CASE("modification time: seconds since 1970")
{
    // jhdf's test_large_group_earliest.hdf5 at 0x7a8: 2019-01-27 20:03:46 UTC.
    auto const body = hex("01 00 00 00 | a2 0e 4e 5c");
    CHECK(decode_modification_time(sample_block(body)).value() == 1548619426);
    check_prefixes_refused(body, decode_modification_time);
    CHECK(
        refusal(decode_modification_time(sample_block(patched(body, {{0, 0}})))) ==
        errc::unsupported_version
    );
    CHECK(
        refusal(decode_modification_time(sample_block(patched(body, {{0, 2}})))) ==
        errc::unsupported_version
    );
}

TEST_CASE("old modification time: fourteen digits of a date in UTC")
{
    // jhdf's hdf_v14_test2.hdf5 at 0x348, two reserved bytes behind; date -u -d '1999-07-07
    // 19:39:18' +%s
    auto const body = hex("'19990707193918'");
    CHECK(
        decode_old_modification_time(sample_block(hex("'19990707193918' 00 00"))).value() ==
        931376358
    );
    check_prefixes_refused(body, decode_old_modification_time);
}

TEST_CASE("old modification time: the ends of what 32 bits hold, and a leap day")
{
    auto const seconds = [](std::string_view digits) {
        return decode_old_modification_time({as_bytes(digits), sample_at});
    };
    CHECK(seconds("19700101000000").value() == 0);
    CHECK(seconds("21060207062815").value() == 0xffffffff);
    CHECK(seconds("20000229000000").value() == 951782400);
    for (auto const* refused :
         {"19691231235959",
          "21060207062816",
          "20010229000000",
          "20001301000000",
          "20000100000000",
          "20000101240000",
          "20000101006000",
          "20000101000061",
          "2000010100000x",
          "-0000101000000"}) {
        CAPTURE(refused);
        CHECK(refusal(seconds(refused)) == errc::bad_value);
    }
}

TEST_CASE("reference count: how many links lead to the object")
{
    auto const body = hex("00 | ec 03 00 00");
    CHECK(decode_reference_count(sample_block(body)).value() == 1004);
    check_prefixes_refused(body, decode_reference_count);
    CHECK(
        refusal(decode_reference_count(sample_block(patched(body, {{0, 1}})))) ==
        errc::unsupported_version
    );
}

TEST_CASE("B-tree K values: chunks, groups, leaves of groups")
{
    // hdf5's h5fc_ext1_i.h5 at 0x4b; h5stat -S: 64, 16 and 4.
    auto const body = hex("00 | 40 00 | 10 00 | 04 00");
    auto const k = decode_btree_k(sample_block(body)).value();
    CHECK(k.chunk_k == 64);
    CHECK(k.group_internal_k == 16);
    CHECK(k.group_leaf_k == 4);
    check_prefixes_refused(body, decode_btree_k);
    CHECK(
        refusal(decode_btree_k(sample_block(patched(body, {{0, 1}})))) == errc::unsupported_version
    );
    for (std::size_t field = 1; field < 6; field += 2)
        CHECK(
            refusal(decode_btree_k(sample_block(patched(body, {{field, 0}})))) == errc::bad_value
        );
}

TEST_CASE("file space info: version 1")
{
    // Written by libhdf5 1.10.8 with pages of 4096 bytes, free space not persisting.
    auto const body = hex("01 01 00 | 01 00 00 00 00 00 00 00 | 00 10 00 00 00 00 00 00"
                          "00 00 | ff ff ff ff ff ff ff ff");
    auto const decode = [](block_view b) { return decode_file_space_info(b, {}); };
    auto const info = decode(sample_block(body)).value();
    CHECK(info.version == 1);
    CHECK(info.strategy == 1);
    CHECK_FALSE(info.persists);
    CHECK(info.threshold == 1);
    CHECK(info.page_size == 4096);
    check_prefixes_refused(body, decode);
    auto const refused = [decode](bytes const& b) { return refusal(decode(sample_block(b))); };
    CHECK(refused(patched(body, {{0, 2}})) == errc::unsupported_version);
    CHECK(refused(patched(body, {{1, 4}})) == errc::bad_value);
    CHECK(refused(patched(body, {{12, 0}})) == errc::bad_value);
    CHECK(refused(patched(body, {{14, 0x40}})) == errc::bad_value);

    auto persisting = patched(body, {{2, 1}});
    CHECK(refused(persisting) == errc::truncated);
    persisting.resize(125);  // as long as libhdf5 1.10.8 writes it: twelve managers
    CHECK(decode(sample_block(persisting)).value().persists);
    check_prefixes_refused(persisting, decode);
}

TEST_CASE("file space info: version 0, from HDF5 1.9 to 1.10.0")
{
    // hdf5's h5fc_ext2_if.h5 at 0x56 and h5fc_ext3_isf.h5 at 0x102.
    auto const body = hex("00 02 | 00 02 00 00 00 00 00 00");
    auto const decode = [](block_view b) { return decode_file_space_info(b, {}); };
    auto const info = decode(sample_block(body)).value();
    CHECK(info.version == 0);
    CHECK(info.strategy == 2);
    CHECK_FALSE(info.persists);
    CHECK(info.threshold == 512);
    check_prefixes_refused(body, decode);
    auto persisting = patched(body, {{1, 1}});  // what cve-2020-10810.h5 is damaged in
    CHECK(refusal(decode(sample_block(persisting))) == errc::truncated);
    persisting.resize(body.size() + 6 * 8);
    CHECK(decode(sample_block(persisting)).value().persists);
    CHECK(refusal(decode(sample_block(patched(body, {{1, 0}})))) == errc::bad_value);
    CHECK(refusal(decode(sample_block(patched(body, {{1, 5}})))) == errc::bad_value);
}

TEST_CASE("cache image message: address and size")
{
    // Written by libhdf5 1.10.8 with a metadata cache image.
    auto const body = hex("00 | 52 10 00 00 00 00 00 00 | db 09 00 00 00 00 00 00");
    auto const decode = [](block_view b) { return decode_cache_image_message(b, {}); };
    auto const range = decode(sample_block(body)).value();
    CHECK(range.offset == 0x1052);
    CHECK(range.size == 0x9db);
    check_prefixes_refused(body, decode);
    CHECK(refusal(decode(sample_block(patched(body, {{0, 1}})))) == errc::unsupported_version);
}
