#include "hex.hpp"
#include "types.hpp"

#include <lindi/zarr/items.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::test;
using hdf5::byte_order;

namespace {

bytes converted(hdf5::datatype_ptr const& type, std::string_view elements)
{
    return zarr::convert_items(zarr::item_type_of(type).value(), hex(elements));
}

}  // namespace

TEST_CASE("items: what is stored as it is is copied")
{
    CHECK(converted(integer(2, true, byte_order::big), "01 02 03 04") == hex("01 02 03 04"));
    CHECK(converted(floating(4), "00 00 80 3f") == hex("00 00 80 3f"));
    CHECK(
        converted(make_type(hdf5::type_class::opaque, 3), "01 02 03 04 05 06") ==
        hex("01 02 03 04 05 06")
    );
}

TEST_CASE("items: integers of odd widths are widened with their sign")
{
    CHECK(converted(integer(3), "ff ff ff | 01 00 00") == hex("ff ff ff ff | 01 00 00 00"));
    CHECK(converted(integer(3, false), "ff ff ff") == hex("ff ff ff 00"));
    CHECK(converted(integer(3, true, byte_order::big), "ff ff fe") == hex("ff ff ff fe"));
    auto const narrow = integer(4);
    narrow->precision = 24;
    CHECK(converted(narrow, "fe ff ff 00") == hex("fe ff ff ff"));  // -2 in 24 bits
}

TEST_CASE("items: booleans are 0 and 1 whatever their base")
{
    CHECK(converted(boolean(), "00 01 01") == hex("00 01 01"));
    auto const wide = make_type(hdf5::type_class::enumeration, 4);
    wide->base = integer(4, true, byte_order::big);
    wide->values = {{"TRUE", hex("00 00 00 01")}, {"FALSE", hex("00 00 00 00")}};
    CHECK(converted(wide, "00 00 00 01 | 00 00 00 00") == hex("01 00"));
}

TEST_CASE("items: bfloat16 becomes binary32")
{
    CHECK(converted(bfloat16(), "80 3f | 00 c0") == hex("00 00 80 3f | 00 00 00 c0"));  // 1 and -2
}

// Expected halves: numpy.float16.
TEST_CASE("items: small floats become binary16")
{
    auto const tiny =
        make_type(hdf5::type_class::floating, 1);  // E5M2: the upper byte of a binary16
    tiny->precision = 8;
    tiny->mantissa_size = 2;
    tiny->exponent_position = 2;
    tiny->exponent_size = 5;
    tiny->exponent_bias = 15;
    tiny->sign_position = 7;
    CHECK(
        converted(tiny, "3c c0 00 80 01 7b 7c fc") ==
        hex("00 3c | 00 c0 | 00 00 | 00 80 | 00 01 | 00 7b | 00 7c | 00 fc")
    );
    CHECK(converted(tiny, "7e") == hex("00 7e"));  // NaN
}

TEST_CASE("items: an i386 long double gets the padding of x86-64")
{
    CHECK(
        converted(x87(12), "00 00 00 00 00 00 00 80 ff 3f 00 00") ==
        hex("00 00 00 00 00 00 00 80 ff 3f 00 00 00 00 00 00")
    );
}

// Expected: what h5py reads from the oracle's case dt_fixed_str.
TEST_CASE("items: strings lose the padding of their kind and get NULs")
{
    using hdf5::string_pad;
    CHECK(converted(fixed_string(4, string_pad::space_padded), "'ab  '") == hex("'ab' 00 00"));
    CHECK(
        converted(fixed_string(4, string_pad::null_terminated), "'a' 00 'b' 00") ==
        hex("'a' 00 00 00")
    );
    CHECK(converted(fixed_string(4), "'a' 00 'b' 00") == hex("'a' 00 'b' 00"));
}

TEST_CASE("items: complex numbers of halves are widened")
{
    auto const halves = compound({{"r", floating(2)}, {"i", floating(2)}});
    CHECK(converted(halves, "00 3c 00 c0") == hex("00 00 80 3f 00 00 00 c0"));
}

TEST_CASE("items: scalars are turned to little-endian")
{
    auto const type = integer(2, true, byte_order::big);
    auto const item = zarr::little_endian(zarr::item_type_of(type).value());
    CHECK(item.dtype == "<i2");
    CHECK(zarr::convert_items(item, hex("01 02")) == hex("02 01"));

    auto const real = zarr::little_endian(zarr::item_type_of(floating(8, byte_order::big)).value());
    CHECK(real.dtype == "<f8");
    CHECK(
        zarr::convert_items(real, hex("3f f0 00 00 00 00 00 00")) == hex("00 00 00 00 00 00 f0 3f")
    );

    auto const byte =
        zarr::little_endian(zarr::item_type_of(integer(1, true, byte_order::big)).value());
    CHECK(byte.dtype == "|i1");
}
