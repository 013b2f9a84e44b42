#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/driver_info.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

// hdf5's tsplit_file-m.h5 at 0x60: superblock, trees, heaps and headers in -m, raw data in -r.
bytes split_block()
{
    return hex("00 | 00 00 00 | 38 00 00 00 | 'NCSAmult' | 01 01 03 01 01 01 00 00"
               "00 00 00 00 00 00 00 00 | 00 08 00 00 00 00 00 00"
               "ff ff ff ff ff ff ff 7f | 00 08 00 00 00 00 00 00"
               "'%s-m.h5' 00 | '%s-r.h5' 00");
}

driver_info split_info(std::initializer_list<std::pair<std::size_t, std::uint8_t>> changes)
{
    auto const block = split_block();
    bytes const contents(block.begin() + driver_block_prefix, block.end());
    return {"NCSAmult", patched(contents, changes)};
}

}  // namespace

TEST_CASE("driver info message: name, then as many bytes as it says")
{
    auto const body = hex("00 | 'NCSAmult' | 03 00 | 01 02 03");
    auto const info = decode_driver_info(sample_block(body)).value();
    CHECK(info.name == "NCSAmult");
    CHECK(info.contents == hex("01 02 03"));
    auto const empty = decode_driver_info(sample_block(hex("00 'ROOT' 00000000 0000"))).value();
    CHECK(empty.name == "ROOT");
    CHECK(empty.contents.empty());
    check_prefixes_refused(body, decode_driver_info);
    CHECK(
        refusal(decode_driver_info(sample_block(patched(body, {{0, 1}})))) ==
        errc::unsupported_version
    );
}

TEST_CASE("driver information block: size, name, and what the driver made of it")
{
    auto const body = split_block();
    CHECK(decode_driver_block_size(sample_block(body).sub(0, 16)).value() == body.size());
    auto const info = decode_driver_block(sample_block(body)).value();
    CHECK(info.name == "NCSAmult");
    CHECK(info.contents.size() == 0x38);
    check_prefixes_refused(body, decode_driver_block);
    CHECK(
        refusal(decode_driver_block(sample_block(patched(body, {{0, 1}})))) ==
        errc::unsupported_version
    );
    CHECK(
        refusal(decode_driver_block_size(sample_block(patched(body, {{6, 2}})))) == errc::too_large
    );
}

TEST_CASE("multi driver: a member for each kind of use that the map leads to")
{
    auto const members = decode_multi_info(split_info({})).value();
    REQUIRE(members.size() == 2);
    CHECK(members[0].begin == 0);
    CHECK(members[0].size == 0x800);
    CHECK(members[0].name == "%s-m.h5");
    CHECK(members[1].begin == 0x7fffffffffffffff);
    CHECK(members[1].size == 0x800);
    CHECK(members[1].name == "%s-r.h5");
}

TEST_CASE("multi driver: every shorter text and addresses that overlap are refused")
{
    auto const whole = split_info({});
    for (std::size_t size = 0; size < whole.contents.size(); ++size) {
        CAPTURE(size);
        auto cut = whole;
        cut.contents.resize(size);
        CHECK(refusal(decode_multi_info(cut)) == errc::truncated);
    }
    CHECK(refusal(decode_multi_info(split_info({{0, 7}}))) == errc::bad_value);
    // the second member inside the first, and beyond 2^64
    CHECK(
        refusal(decode_multi_info(
            split_info({{24, 0}, {25, 0}, {26, 0}, {27, 0}, {28, 0}, {29, 0}, {30, 0}, {31, 0}})
        )) == errc::bad_value
    );
    CHECK(refusal(decode_multi_info(split_info({{31, 0xff}}))) == errc::bad_value);
    // a third member, of which nothing is said
    CHECK(refusal(decode_multi_info(split_info({{1, 0}}))) == errc::truncated);
}

TEST_CASE("family driver: the size of a member")
{
    // 5120 bytes, as hdf5's family_v16 files have
    CHECK(decode_family_info({"NCSAfami", hex("00 14 00 00 00 00 00 00")}).value() == 5120);
    CHECK(
        refusal(decode_family_info({"NCSAfami", hex("00 14 00 00 00 00 00")})) == errc::truncated
    );
    CHECK(
        refusal(decode_family_info({"NCSAfami", hex("00 00 00 00 00 00 00 00")})) == errc::bad_value
    );
}
