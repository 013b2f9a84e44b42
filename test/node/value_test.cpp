#include "hex.hpp"

#include <lindi/node/value.hpp>

#include <doctest/doctest.h>

#include <cmath>

using namespace lindi;
using namespace lindi::hdf5;

namespace {

datatype float_type(
    std::uint32_t size,
    byte_order order,
    unsigned exponent_size,
    unsigned mantissa_size,
    std::uint32_t bias
)
{
    datatype t;
    t.what = type_class::floating;
    t.size = size;
    t.order = order;
    t.precision = static_cast<std::uint16_t>(1 + exponent_size + mantissa_size);
    t.mantissa_size = static_cast<std::uint8_t>(mantissa_size);
    t.exponent_position = static_cast<std::uint8_t>(mantissa_size);
    t.exponent_size = static_cast<std::uint8_t>(exponent_size);
    t.sign_position = static_cast<std::uint8_t>(mantissa_size + exponent_size);
    t.exponent_bias = bias;
    return t;
}

double decoded(datatype const& type, std::string_view text)
{
    auto const element = test::hex(text);
    return node::decode_float(type, element);
}

datatype integer_type(std::uint32_t size, unsigned precision, unsigned offset, bool is_signed)
{
    datatype t;
    t.size = size;
    t.precision = static_cast<std::uint16_t>(precision);
    t.bit_offset = static_cast<std::uint16_t>(offset);
    t.is_signed = is_signed;
    return t;
}

}  // namespace

// Bit patterns: IEEE 754-2019, section 3.4 and its examples.
TEST_CASE("float: IEEE halves, singles and doubles in both byte orders")
{
    auto const half = float_type(2, byte_order::little, 5, 10, 15);
    CHECK(decoded(half, "00 3c") == 1.0);
    CHECK(decoded(half, "ff 7b") == 65504.0);
    CHECK(decoded(half, "01 00") == std::ldexp(1.0, -24));
    CHECK(std::isinf(decoded(half, "00 fc")));
    CHECK(std::isnan(decoded(half, "01 7c")));
    CHECK(
        decoded(float_type(4, byte_order::big, 8, 23, 127), "40 49 0f db") ==
        doctest::Approx(3.14159274101257)
    );
    CHECK(
        decoded(float_type(8, byte_order::little, 11, 52, 1023), "00 00 00 00 00 00 04 c0") == -2.5
    );
}

TEST_CASE("float: bfloat16, FP8 and quad precision are layouts like any other")
{
    CHECK(decoded(float_type(2, byte_order::little, 8, 7, 127), "80 3f") == 1.0);
    CHECK(decoded(float_type(2, byte_order::little, 8, 7, 127), "49 c0") == -3.140625);
    CHECK(decoded(float_type(1, byte_order::little, 5, 2, 15), "3e") == 1.5);
    auto const quad = float_type(16, byte_order::little, 15, 112, 16383);
    CHECK(decoded(quad, "00 00 00 00 00 00 00 00 00 00 00 00 00 80 ff 3f") == 1.5);
    // The bit behind the last one of a double, and one far behind it: rounds up.
    CHECK(
        decoded(quad, "01 00 00 00 00 00 00 08 00 00 00 00 00 00 ff 3f") ==
        1.0 + std::ldexp(1.0, -52)
    );
}

TEST_CASE("float: x87 has its leading bit in the mantissa")
{
    auto x87 = float_type(16, byte_order::little, 15, 64, 16383);
    x87.norm = mantissa_norm::msb_set;
    x87.precision = 80;
    // numpy.longdouble(1.5).tobytes() and -inf on x86-64
    CHECK(decoded(x87, "00 00 00 00 00 00 00 c0 ff 3f 00 00 00 00 00 00") == 1.5);
    CHECK(decoded(x87, "00 00 00 00 00 00 00 80 ff ff 00 00 00 00 00 00") == -INFINITY);
}

// VAX F_floating of the VAX Architecture Reference Manual: 1.0 is 0x4080 in its first word.
TEST_CASE("float: VAX words are swapped, and the mantissa starts at one half")
{
    auto vax = float_type(4, byte_order::vax, 8, 23, 129);
    CHECK(decoded(vax, "80 40 00 00") == 1.0);
    CHECK(decoded(vax, "80 c0 00 00") == -1.0);
}

TEST_CASE("integer: precision, offset, sign and order are applied")
{
    CHECK(node::decode_integer_bits(integer_type(2, 16, 0, false), test::hex("34 12")) == 0x1234);
    CHECK(
        static_cast<std::int64_t>(
            node::decode_integer_bits(integer_type(1, 8, 0, true), test::hex("ff"))
        ) == -1
    );
    // 12 bits from bit 4 on: 0xfff is -1, 0x7ff the largest
    CHECK(
        static_cast<std::int64_t>(
            node::decode_integer_bits(integer_type(2, 12, 4, true), test::hex("f0 ff"))
        ) == -1
    );
    CHECK(node::decode_integer_bits(integer_type(2, 12, 4, true), test::hex("f5 7f")) == 0x7ff);
    auto big = integer_type(3, 24, 0, false);
    big.order = byte_order::big;
    CHECK(node::decode_integer_bits(big, test::hex("01 02 03")) == 0x010203);
}

TEST_CASE("fixed string: each padding is trimmed its own way")
{
    datatype t;
    t.what = type_class::string;
    t.size = 6;
    auto const element = test::hex("'a' 00 'b  ' 00");
    t.padding = string_pad::null_terminated;
    CHECK(node::trim_fixed_string(t, element) == "a");
    t.padding = string_pad::null_padded;
    CHECK(node::trim_fixed_string(t, element) == std::string_view("a\0b  ", 5));
    t.padding = string_pad::space_padded;
    CHECK(node::trim_fixed_string(t, test::hex("'ab    '")) == "ab");
    // Only padding: empty, but a place in the element, as copies of it are made.
    auto const blank = test::hex("'      '");
    CHECK(node::trim_fixed_string(t, blank).empty());
    CHECK(node::trim_fixed_string(t, blank).data() != nullptr);
}
