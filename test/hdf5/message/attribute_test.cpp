#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/message/attribute.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

// jhdf's test_attribute_earliest.hdf5 at 0x748; h5dump: scalar_int, H5T_STD_I32LE, SCALAR, (0):
// 123.
bytes const version_1 =
    hex("01 00 | 0b 00 | 0c 00 | 08 00"  // version, reserved, sizes of the parts
        "'scalar_int' 00 | 00 00 00 00 00"
        "10 08 00 00 04 00 00 00 00 00 20 00 | 00 00 00 00"
        "01 00 00 00 00 00 00 00 | 7b 00 00 00 | 00 00 00 00");

// Written by libhdf5 1.10.8 with libver earliest: the type is a committed one.
bytes const version_2 =
    hex("02 01 | 06 00 | 0a 00 | 08 00 | 'typed' 00"
        "02 02 | 20 03 00 00 00 00 00 00 | 01 00 00 00 00 00 00 00 | 05 00 00 00 40 18 00 00");

// hdfview's unicode.h5 at 0x7d: a variable-length string with a name in UTF-8.
bytes const version_3 =
    hex("03 00 | 08 00 | 14 00 | 04 00 | 01 | ce bc '-vlen' 00"
        "19 01 01 00 10 00 00 00 10 00 00 00 01 00 00 00 00 00 08 00 | 02 00 00 00"
        "08 00 00 00 30 08 00 00 00 00 00 00 01 00 00 00");

result<attribute_message> decode(bytes const& b)
{
    return decode_attribute(sample_block(b));
}

/// Everything up to the value, whose end the message does not say.
bytes without_value(bytes const& b)
{
    auto const value = decode(b).value().value.size();
    return {b.begin(), b.end() - static_cast<std::ptrdiff_t>(value)};
}

}  // namespace

TEST_CASE("attribute: version 1 pads its parts to eight bytes each")
{
    auto const attribute = decode(version_1).value();
    CHECK(attribute.version == 1);
    CHECK(attribute.name == "scalar_int");
    CHECK(attribute.charset == character_set::ascii);
    CHECK_FALSE(attribute.type_is_shared);
    CHECK(attribute.type.at == sample_at + 24);
    CHECK(attribute.type.size() == 12);
    CHECK(attribute.space.at == sample_at + 40);
    CHECK(attribute.space.size() == 8);
    CHECK(attribute.value.at == sample_at + 48);
    CHECK(as_text(attribute.value.bytes) == std::string_view("\x7b\0\0\0\0\0\0\0", 8));
}

TEST_CASE("attribute: version 2 pads nothing, and the type may be shared")
{
    auto const attribute = decode(version_2).value();
    CHECK(attribute.version == 2);
    CHECK(attribute.name == "typed");
    CHECK(attribute.type_is_shared);
    CHECK_FALSE(attribute.space_is_shared);
    CHECK(attribute.type.size() == 10);
    CHECK(attribute.space.size() == 8);
    CHECK(attribute.value.size() == 8);
}

TEST_CASE("attribute: version 3 says which characters the name is of")
{
    auto const attribute = decode(version_3).value();
    CHECK(attribute.version == 3);
    CHECK(attribute.charset == character_set::utf8);
    CHECK(attribute.name == "\xce\xbc-vlen");
    CHECK(attribute.type.size() == 20);
    CHECK(attribute.space.size() == 4);
    CHECK(attribute.value.size() == 16);
    CHECK(decode(patched(version_3, {{1, 2}})).value().space_is_shared);
}

TEST_CASE("attribute: a value of no bytes is one")
{
    CHECK(decode(without_value(version_1)).value().value.size() == 0);
}

TEST_CASE("attribute: every shorter body is refused")
{
    check_prefixes_refused(without_value(version_1), decode_attribute);
    check_prefixes_refused(without_value(version_2), decode_attribute);
    check_prefixes_refused(without_value(version_3), decode_attribute);
}

TEST_CASE("attribute: versions 0 and 4 are unknown")
{
    CHECK(refusal(decode(patched(version_3, {{0, 0}}))) == errc::unsupported_version);
    CHECK(refusal(decode(patched(version_3, {{0, 4}}))) == errc::unsupported_version);
}

TEST_CASE("attribute: version 1 has no flags, whatever stands there")
{
    CHECK_FALSE(decode(patched(version_1, {{1, 0xff}})).value().type_is_shared);
}

TEST_CASE("attribute: reserved flags and unknown character sets are refused")
{
    CHECK(refusal(decode(patched(version_2, {{1, 0x04}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(version_3, {{8, 2}}))) == errc::bad_value);
}

TEST_CASE("attribute: the name must end where its length says, and not be empty")
{
    CHECK(refusal(decode(patched(version_2, {{10, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(version_2, {{13, 'x'}}))) == errc::bad_value);
    CHECK(refusal(decode(hex("02 00 | 01 00 | 00 00 | 00 00 | 00"))) == errc::bad_value);
    CHECK(refusal(decode(hex("02 00 | 00 00 | 00 00 | 00 00"))) == errc::bad_value);
}
