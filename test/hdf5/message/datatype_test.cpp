#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/message/datatype.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

std::string const byte_type = "10 00 00 00 01 00 00 00 00 00 08 00";

/// A byte in an array of one in an array of one ..., `depth` arrays in all.
bytes nested_arrays(unsigned depth)
{
    std::string text;
    for (unsigned i = 0; i < depth; ++i)
        text += "3a 00 00 00 01 00 00 00 | 01 | 01 00 00 00";
    return hex(text + byte_type);
}

/// A compound with one member, which starts with the element.
bytes compound_of(std::string const& size, std::string const& member)
{
    return hex("36 01 00 00 " + size + "'a' 00 | 00" + member);
}

result<datatype_ptr> decode(bytes const& b, unsigned max_nesting = 32)
{
    return decode_datatype(sample_block(b), {}, max_nesting);
}

}  // namespace

TEST_CASE("datatype: versions 0 and 6 are unknown, and so are classes behind complex")
{
    auto const sample = hex(byte_type);
    CHECK(refusal(decode(patched(sample, {{0, 0x00}}))) == errc::unsupported_version);
    CHECK(refusal(decode(patched(sample, {{0, 0x60}}))) == errc::unsupported_version);
    CHECK(refusal(decode(patched(sample, {{0, 0x1c}}))) == errc::unsupported);
    CHECK(refusal(decode(patched(sample, {{0, 0x1f}}))) == errc::unsupported);
}

TEST_CASE("datatype: elements have bytes")
{
    CHECK(refusal(decode(hex("13 00 00 00 00 00 00 00"))) == errc::bad_value);
    CHECK(refusal(decode(hex("15 00 00 00 00 00 00 00"))) == errc::bad_value);
}

TEST_CASE("datatype: padding may follow")
{
    CHECK(decode(hex(byte_type + "00 00 00 00")).value()->precision == 8);
}

TEST_CASE("datatype: types within types are limited")
{
    CHECK(decode(nested_arrays(0), 0).has_value());
    CHECK(decode(nested_arrays(3), 3).has_value());
    CHECK(refusal(decode(nested_arrays(4), 3)) == errc::too_large);
    CHECK(decode(nested_arrays(32)).has_value());
    CHECK(refusal(decode(nested_arrays(33))) == errc::too_large);
    CHECK(refusal(decode(nested_arrays(100'000))) == errc::too_large);
}

TEST_CASE("datatype: an error in a nested type has the place of that type")
{
    auto sample = nested_arrays(2);
    auto const inner = sample.size() - 12;
    sample[inner] = std::byte{0x60};
    auto const refused = decode(sample);
    REQUIRE(refused.has_error());
    CHECK(refused.error().structure() == "datatype message");
    CHECK(refused.error().at() == sample_at + inner + 1);
}

TEST_CASE("datatype: sequences and region references need the heap, wherever they are")
{
    auto const text = "19 01 01 00 10 00 00 00 | " + byte_type;
    CHECK(decode(hex(text)).value()->needs_heap());
    CHECK(decode(compound_of("10 00 00 00", text)).value()->needs_heap());
    CHECK(decode(hex("17 01 00 00 0c 00 00 00")).value()->needs_heap());
    CHECK(decode(hex("47 12 00 00 12 00 00 00")).value()->needs_heap());
    CHECK_FALSE(decode(hex("17 00 00 00 08 00 00 00")).value()->needs_heap());
    CHECK_FALSE(decode(hex(byte_type)).value()->needs_heap());
    CHECK_FALSE(decode(compound_of("01 00 00 00", byte_type)).value()->needs_heap());
}

TEST_CASE("datatype: references are found wherever they are")
{
    std::string const reference = "17 00 00 00 08 00 00 00";
    CHECK(decode(hex(reference)).value()->has_reference());
    CHECK(decode(compound_of("08 00 00 00", reference)).value()->has_reference());
    CHECK(decode(hex("19 00 00 00 10 00 00 00 | " + reference)).value()->has_reference());
    CHECK_FALSE(decode(nested_arrays(3)).value()->has_reference());
}

TEST_CASE("datatype: it is at no address until somebody says so")
{
    CHECK(decode(hex(byte_type)).value()->committed_at == undefined_address);
}
