#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/message/link.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

// jhdf's var-length-strings-reused.hdf5 at 0x128: a hard link with an 8-byte length of its name.
bytes const hard = hex("01 07 | 00 00 00 00 00 00 00 00"  // version, flags, creation order
                       "02 00 00 00 00 00 00 00 | 'a0' | 48 01 00 00 00 00 00 00");
// Written by libhdf5 1.10.8: /soft -> /a/data
bytes const soft = hex("01 08 01 | 04 'soft' | 07 00 '/a/data'");
// hdfview's catalog.h5 at 0x67: /file1 -> hdfeos2.h5 and / in it.
bytes const external = hex("01 08 40 | 05 'file1' | 0e 00 | 00 'hdfeos2.h5' 00 '/' 00");

result<hdf5::link> decode(bytes const& b, file_sizes sizes = {})
{
    return decode_link(sample_block(b), sizes);
}

auto const decode_8_8 = [](block_view b) { return decode_link(b, {}); };

}  // namespace

TEST_CASE("link: a hard link with creation order")
{
    auto const link = decode(hard).value();
    CHECK(link.name == "a0");
    CHECK(link.type == static_cast<int>(link_type::hard));
    CHECK(link.creation_order == 0);
    CHECK(link.charset == character_set::ascii);
    CHECK(link.header == 0x148);
}

TEST_CASE("link: the type is left out for hard links, the address is as wide as the file's")
{
    // Written by libhdf5 1.10.8 with H5Pset_sizes(2, 4).
    auto const link = decode(hex("01 00 | 01 'g' | 77 00"), {2, 4}).value();
    CHECK(link.name == "g");
    CHECK_FALSE(link.creation_order.has_value());
    CHECK(link.header == 0x77);
}

TEST_CASE("link: a soft link has a path")
{
    auto const link = decode(soft).value();
    CHECK(link.name == "soft");
    CHECK(link.type == static_cast<int>(link_type::soft));
    CHECK(link.target == "/a/data");
    CHECK(link.header == undefined_address);
}

TEST_CASE("link: names may be UTF-8")
{
    // Written by libhdf5 1.10.8: a soft link named with u-umlaut.
    auto const link = decode(hex("01 18 01 01 | 04 c3 bc 'ml' | 02 00 '/a'")).value();
    CHECK(link.charset == character_set::utf8);
    CHECK(link.name == "\xc3\xbcml");
    // Written by h5py 3.7 with libver='latest': a hard link, so without a type.
    auto const hard_link = decode(hex("01 10 01 | 03 c2 b5 'V' | c3 00 00 00 00 00 00 00"));
    CHECK(hard_link.value().name == "\xc2\xb5V");
    CHECK(hard_link.value().header == 0xc3);
}

TEST_CASE("link: an external link has a file and a path")
{
    auto const link = decode(external).value();
    CHECK(link.name == "file1");
    CHECK(link.type == static_cast<int>(link_type::external));
    CHECK(link.target_file == "hdfeos2.h5");
    CHECK(link.target == "/");
    CHECK(link.external_flags == 0);
}

TEST_CASE("link: a user-defined link keeps its bytes")
{
    // hdf5's tudlink.h5 at 0x358, and the same with two bytes.
    auto const none = decode(hex("01 08 bb | 07 'udlink1' | 00 00")).value();
    CHECK(none.type == 0xbb);
    CHECK(none.user_data.empty());
    auto const two = decode(hex("01 08 41 | 01 'u' | 02 00 | ab cd")).value();
    CHECK(two.user_data == hex("ab cd"));
}

TEST_CASE("link: every shorter body is refused")
{
    check_prefixes_refused(hard, decode_8_8);
    check_prefixes_refused(soft, decode_8_8);
    check_prefixes_refused(external, decode_8_8);
}

TEST_CASE("link: versions 0 and 2 are unknown, and so is the next one of external links")
{
    CHECK(refusal(decode(patched(hard, {{0, 0}}))) == errc::unsupported_version);
    CHECK(refusal(decode(patched(hard, {{0, 2}}))) == errc::unsupported_version);
    CHECK(refusal(decode(patched(external, {{11, 0x10}}))) == errc::unsupported_version);
}

TEST_CASE("link: what the specification does not allow is refused")
{
    // Reserved flags, reserved types, an unknown character set.
    CHECK(refusal(decode(patched(hard, {{1, 0x27}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(soft, {{2, 2}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(soft, {{2, 63}}))) == errc::bad_value);
    CHECK(refusal(decode(hex("01 18 01 02 | 01 'a' | 01 00 'b'"))) == errc::bad_value);
    // Names of no bytes, and with a NUL in them; a path of no bytes.
    CHECK(refusal(decode(hex("01 00 00 | 01 00 00 00 00 00 00 00"))) == errc::bad_value);
    CHECK(refusal(decode(patched(soft, {{5, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(hex("01 08 01 | 01 'a' | 00 00"))) == errc::bad_value);
}

TEST_CASE("link: an external link must hold both its texts")
{
    CHECK(refusal(decode(patched(external, {{9, 0x0d}}))) == errc::truncated);
    CHECK(refusal(decode(patched(external, {{9, 0x00}}))) == errc::truncated);
}

TEST_CASE("link: a name longer than the body is refused before anything is allocated")
{
    CHECK(refusal(decode(patched(hard, {{17, 0xff}}))) == errc::truncated);
}
