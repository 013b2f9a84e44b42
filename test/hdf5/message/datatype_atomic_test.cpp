#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/message/datatype.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

// Written by libhdf5 1.10.8. Class and version, 24 bits of the class, size, and:
// bit offset and precision.
bytes const int32 = hex("10 | 08 00 00 | 04 00 00 00 | 00 00 20 00");
bytes const uint64_big = hex("10 | 01 00 00 | 08 00 00 00 | 00 00 40 00");
bytes const int12_in_32 = hex("10 | 08 00 00 | 04 00 00 00 | 05 00 0c 00");
bytes const bits8 = hex("14 | 00 00 00 | 01 00 00 00 | 00 00 08 00");
// The same, then position and size of exponent and mantissa, and the bias.
bytes const float32 = hex("11 | 20 1f 00 | 04 00 00 00 | 00 00 20 00 | 17 08 00 17 | 7f 00 00 00");
bytes const float80 = hex("11 | 00 4f 00 | 10 00 00 00 | 00 00 50 00 | 40 0f 00 40 | ff 3f 00 00");
bytes const float20 = hex("11 | 20 1a 00 | 05 00 00 00 | 07 00 14 00 | 14 06 07 0d | 1f 00 00 00");
bytes const vax_float =
    hex("31 | 61 1f 00 | 04 00 00 00 | 00 00 20 00 | 17 08 00 17 | 81 00 00 00");
// Precision.
bytes const unix_time = hex("12 | 00 00 00 | 04 00 00 00 | 20 00");
bytes const text8 = hex("13 | 11 00 00 | 08 00 00 00");
bytes const tagged = hex("15 | 18 00 00 | 07 00 00 00 | 'seven byte opaque' 00 00 00 00 00 00 00");
bytes const object_reference = hex("17 | 00 00 00 | 08 00 00 00");
bytes const region_reference = hex("17 | 01 00 00 | 0c 00 00 00");
// Written by libhdf5 2.2 for H5T_STD_REF.
bytes const new_reference = hex("47 | 12 00 00 | 12 00 00 00");

result<datatype_ptr> decode(bytes const& b, file_sizes sizes = {})
{
    return decode_datatype(sample_block(b), sizes);
}

datatype decoded(bytes const& b)
{
    return *decode(b).value();
}

}  // namespace

TEST_CASE("datatype: integers have order, sign and bits that count")
{
    auto const a = decoded(int32);
    CHECK(a.what == type_class::integer);
    CHECK(a.version == 1);
    CHECK(a.size == 4);
    CHECK(a.order == byte_order::little);
    CHECK(a.is_signed);
    CHECK(a.bit_offset == 0);
    CHECK(a.precision == 32);
    auto const b = decoded(uint64_big);
    CHECK(b.size == 8);
    CHECK(b.order == byte_order::big);
    CHECK_FALSE(b.is_signed);
    auto const c = decoded(int12_in_32);
    CHECK(c.bit_offset == 5);
    CHECK(c.precision == 12);
    CHECK(c.low_pad == bit_pad::zero);
}

TEST_CASE("datatype: padding bits of numbers")
{
    auto const padded = decoded(patched(int12_in_32, {{1, 0x0e}}));
    CHECK(padded.low_pad == bit_pad::one);
    CHECK(padded.high_pad == bit_pad::one);
    CHECK(decoded(patched(float20, {{1, 0x28}})).internal_pad == bit_pad::one);
}

TEST_CASE("datatype: floating point numbers say where their parts are")
{
    auto const a = decoded(float32);
    CHECK(a.what == type_class::floating);
    CHECK(a.order == byte_order::little);
    CHECK(a.norm == mantissa_norm::implied);
    CHECK(a.precision == 32);
    CHECK(a.sign_position == 31);
    CHECK(a.exponent_position == 23);
    CHECK(a.exponent_size == 8);
    CHECK(a.mantissa_position == 0);
    CHECK(a.mantissa_size == 23);
    CHECK(a.exponent_bias == 127);
    auto const b = decoded(float80);
    CHECK(b.size == 16);
    CHECK(b.precision == 80);
    CHECK(b.norm == mantissa_norm::none);
    CHECK(b.exponent_size == 15);
    CHECK(b.mantissa_size == 64);
    auto const c = decoded(float20);
    CHECK(c.bit_offset == 7);
    CHECK(c.precision == 20);
    CHECK(c.sign_position == 26);
}

TEST_CASE("datatype: VAX order is known since version 3")
{
    CHECK(decoded(vax_float).order == byte_order::vax);
    CHECK(decoded(patched(vax_float, {{0, 0x11}})).order == byte_order::big);
}

TEST_CASE("datatype: bit fields, times, strings")
{
    auto const bits = decoded(bits8);
    CHECK(bits.what == type_class::bitfield);
    CHECK(bits.precision == 8);
    auto const time = decoded(unix_time);
    CHECK(time.what == type_class::time);
    CHECK(time.size == 4);
    CHECK(time.precision == 32);
    auto const text = decoded(text8);
    CHECK(text.what == type_class::string);
    CHECK(text.size == 8);
    CHECK(text.padding == string_pad::null_padded);
    CHECK(text.charset == character_set::utf8);
    CHECK(decoded(patched(text8, {{1, 0x02}})).padding == string_pad::space_padded);
}

TEST_CASE("datatype: opaque ones have a tag")
{
    auto const type = decoded(tagged);
    CHECK(type.what == type_class::opaque);
    CHECK(type.size == 7);
    CHECK(type.tag == "seven byte opaque");
    // Written by libhdf5 2.2: no room for a NUL; pyfive's opaque_fixed.hdf5 at 0x358: no tag.
    CHECK(decoded(hex("15 | 08 00 00 | 07 00 00 00 | 'some tag'")).tag == "some tag");
    CHECK(decoded(hex("15 | 00 00 00 | 40 00 00 00")).tag.empty());
}

TEST_CASE("datatype: references of both generations")
{
    auto const object = decoded(object_reference);
    CHECK(object.what == type_class::reference);
    CHECK(object.reference == reference_kind::object);
    CHECK(decoded(region_reference).reference == reference_kind::region);
    auto const revised = decoded(new_reference);
    CHECK(revised.version == 4);
    CHECK(revised.size == 18);
    CHECK(revised.reference == reference_kind::object_revised);
    CHECK(decoded(patched(new_reference, {{1, 0x14}})).reference == reference_kind::attribute);
}

TEST_CASE("datatype: a reference may be wider than the addresses of the file, but not narrower")
{
    // HDF5 1.10 writes 8 and 12 bytes at any width of addresses.
    CHECK(decode(object_reference, {2, 4}).has_value());
    CHECK(decode(region_reference, {4, 4}).has_value());
    CHECK(refusal(decode(patched(object_reference, {{4, 7}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(region_reference, {{4, 11}}))) == errc::bad_value);
}

TEST_CASE("datatype: every shorter body of these classes is refused")
{
    for (auto const& sample :
         {int32,
          uint64_big,
          int12_in_32,
          bits8,
          float32,
          float80,
          float20,
          vax_float,
          unix_time,
          text8,
          tagged,
          object_reference,
          region_reference,
          new_reference})
        check_prefixes_refused(sample, [](block_view b) { return decode_datatype(b, {}); });
}

TEST_CASE("datatype: bits that count must lie in the number")
{
    // No bits, one more than there are, a range that sticks out.
    CHECK(refusal(decode(patched(int32, {{10, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(int32, {{10, 33}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(int12_in_32, {{8, 21}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(bits8, {{10, 9}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(float32, {{10, 0}}))) == errc::bad_value);
    CHECK(decode(patched(int12_in_32, {{8, 20}})).has_value());
}

TEST_CASE("datatype: parts of a number lie in it, apart from each other")
{
    // Sign at bit 32; exponent and mantissa of no bits, and past the end.
    CHECK(refusal(decode(patched(float32, {{2, 32}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(float32, {{13, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(float32, {{12, 25}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(float32, {{15, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(float32, {{14, 255}}))) == errc::bad_value);
    // Sign in the exponent and in the mantissa, exponent in the mantissa.
    CHECK(refusal(decode(patched(float32, {{2, 23}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(float32, {{2, 22}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(float32, {{12, 22}}))) == errc::bad_value);
}

TEST_CASE("datatype: values that the specification does not know are refused")
{
    // Byte order 2, normalization 3, padding 3, character set 2, reference 5.
    CHECK(refusal(decode(patched(vax_float, {{1, 0x60}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(float32, {{1, 0x30}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(text8, {{1, 0x13}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(text8, {{1, 0x21}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(object_reference, {{1, 5}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(new_reference, {{1, 0x22}}))) == errc::unsupported_version);
}
