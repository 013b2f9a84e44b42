#include "hex.hpp"
#include "types.hpp"

#include <lindi/node/value.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>

namespace lindi::node {
namespace {

using hdf5::byte_order;
using hdf5::mantissa_norm;
using test::floating;
using test::hex;

constexpr auto infinity = std::numeric_limits<double>::infinity();

/// Any layout; the exponent stands above the mantissa, the sign above both.
test::type_ptr
layout(std::uint32_t size, unsigned exponent_size, unsigned mantissa_size, unsigned bias)
{
    auto out = floating(4);
    out->size = size;
    out->precision = static_cast<std::uint16_t>(8 * size);
    out->mantissa_size = static_cast<std::uint8_t>(mantissa_size);
    out->exponent_position = out->mantissa_size;
    out->exponent_size = static_cast<std::uint8_t>(exponent_size);
    out->sign_position = static_cast<std::uint8_t>(mantissa_size + exponent_size);
    out->exponent_bias = bias;
    return out;
}

test::type_ptr binary128(byte_order order = byte_order::little)
{
    auto out = layout(16, 15, 112, 16383);
    out->order = order;
    return out;
}

/// D floats have the exponent of F in eight bytes, G floats a longer one.
test::type_ptr vax(std::uint32_t size, unsigned exponent_size, unsigned bias)
{
    auto out = layout(size, exponent_size, 8 * size - 1 - exponent_size, bias);
    out->order = byte_order::vax;
    return out;
}

TEST_CASE("float value: binary16, 32 and 64 in both orders")
{
    // numpy: np.array(x, dtype).tobytes()
    CHECK(decode_float(*floating(2), hex("00 3e")) == 1.5);
    CHECK(decode_float(*floating(2, byte_order::big), hex("3e 00")) == 1.5);
    CHECK(decode_float(*floating(2), hex("ff 7b")) == 65504);
    CHECK(decode_float(*floating(2), hex("01 00")) == std::ldexp(1, -24));
    CHECK(decode_float(*floating(2), hex("ff 03")) == std::ldexp(1023, -24));
    CHECK(decode_float(*floating(2), hex("00 fc")) == -infinity);
    CHECK(std::isnan(decode_float(*floating(2), hex("01 7c"))));
    CHECK(decode_float(*floating(4), hex("00 00 c0 3f")) == 1.5);
    CHECK(decode_float(*floating(4, byte_order::big), hex("bf c0 00 00")) == -1.5);
    CHECK(
        decode_float(*floating(4), hex("01 00 00 00")) == std::numeric_limits<float>::denorm_min()
    );
    CHECK(decode_float(*floating(8), hex("182d4454fb210940")) == 3.141592653589793);
    CHECK(
        decode_float(*floating(8, byte_order::big), hex("400921fb54442d18")) == 3.141592653589793
    );
    CHECK(std::signbit(decode_float(*floating(8), hex("0000000000000080"))));
}

TEST_CASE("float value: bfloat16")
{
    // The upper half of binary32: 1.5 is 3fc0, 3.140625 is 4049.
    CHECK(decode_float(*test::bfloat16(), hex("c0 3f")) == 1.5);
    CHECK(decode_float(*test::bfloat16(), hex("49 40")) == 3.140625);
    CHECK(decode_float(*test::bfloat16(), hex("80 ff")) == -infinity);
    CHECK(std::isnan(decode_float(*test::bfloat16(), hex("c0 7f"))));
    CHECK(decode_float(*test::bfloat16(), hex("01 00")) == std::ldexp(1, -133));
}

TEST_CASE("float value: the 80 bits of the x87, in 12 and 16 bytes")
{
    // numpy: np.longdouble(x).tobytes() on x86-64; the leading bit is stored.
    auto const type = test::x87(16);
    CHECK(decode_float(*type, hex("00000000000000c0 ff3f 000000000000")) == 1.5);
    CHECK(decode_float(*test::x87(12), hex("00000000000000c0 ff3f 0000")) == 1.5);
    CHECK(decode_float(*type, hex("0000000000000080 ff7f 000000000000")) == infinity);
    CHECK(std::isnan(decode_float(*type, hex("00000000000000c0 ff7f 000000000000"))));
    CHECK(decode_float(*type, hex("0000000000000000 0080 000000000000")) == 0);
    CHECK(std::signbit(decode_float(*type, hex("0000000000000000 0080 000000000000"))));
    // 1 + 2^-63 rounds to 1; 1 + 2^-53 + 2^-63 is above the tie and rounds up.
    CHECK(decode_float(*type, hex("0100000000000080 ff3f 000000000000")) == 1);
    CHECK(
        decode_float(*type, hex("0104000000000080 ff3f 000000000000")) ==
        1 + std::numeric_limits<double>::epsilon()
    );
    CHECK(decode_float(*type, hex("ffffffffffffffff fe7f 000000000000")) == infinity);
    // The smallest double, 2^-1074: exponent 16383 - 1074.
    CHECK(
        decode_float(*type, hex("0000000000000080 cd3b 000000000000")) ==
        std::numeric_limits<double>::denorm_min()
    );
}

TEST_CASE("float value: binary128 is rounded once")
{
    // 1.5 is 3fff8000...; pi from the definition, rounded to 113 bits.
    CHECK(decode_float(*binary128(), hex("0000000000000000 00000000 0080ff3f")) == 1.5);
    auto const pi = hex("4000921fb54442d1 8469898cc51701b8");
    CHECK(decode_float(*binary128(byte_order::big), pi) == 3.141592653589793);
    // The lowest bit alone decides a tie: 1 + 2^-53 + 2^-112.
    CHECK(
        decode_float(*binary128(), hex("0100000000000008 0000 00000000ff3f")) ==
        1 + std::numeric_limits<double>::epsilon()
    );
    CHECK(decode_float(*binary128(), hex("0000000000000008 0000 00000000ff3f")) == 1);
    CHECK(std::isnan(decode_float(*binary128(), hex("0100000000000000 0000 00000000ff7f"))));
    CHECK(decode_float(*binary128(), hex("0000000000000000 0000 00000000ffff")) == -infinity);
}

TEST_CASE("float value: VAX F, D and G")
{
    // VAX Architecture Handbook: 1.0 is 4080 in the first word (F, D) and 4010 (G). The fraction is
    // 0.1xxx, so HDF5 has biases of 129 and 1025 for the implied 1.
    CHECK(decode_float(*vax(4, 8, 129), hex("8040 0000")) == 1);
    CHECK(decode_float(*vax(4, 8, 129), hex("80c0 0000")) == -1);
    CHECK(decode_float(*vax(4, 8, 129), hex("4941 db0f")) == 3.1415927410125732);
    CHECK(decode_float(*vax(8, 8, 129), hex("8040 0000 0000 0000")) == 1);
    CHECK(decode_float(*vax(8, 11, 1025), hex("1040 0000 0000 0000")) == 1);
    // No infinity: the largest exponent is an ordinary one.
    CHECK(decode_float(*vax(4, 8, 129), hex("807f 0000")) == std::ldexp(1, 126));
}

TEST_CASE("float value: a mantissa whose highest bit is stored")
{
    // H5Tset_norm(H5T_NORM_MSBSET), mantissa of 8 bits, exponent of 7 with bias 63.
    auto type = layout(2, 7, 8, 63);
    type->norm = mantissa_norm::msb_set;
    CHECK(decode_float(*type, hex("80 3f")) == 1);
    CHECK(decode_float(*type, hex("c0 40")) == 3);
}

TEST_CASE("float value: only IEEE layouts count as such")
{
    for (std::uint32_t const size : {2u, 4u, 8u}) {
        CHECK(is_ieee(*floating(size)));
        CHECK(is_ieee(*floating(size, byte_order::big)));
        CHECK_FALSE(is_ieee(*floating(size, byte_order::vax)));
    }
    CHECK_FALSE(is_ieee(*test::bfloat16()));
    CHECK_FALSE(is_ieee(*test::x87(16)));
    CHECK_FALSE(is_ieee(*binary128()));
    CHECK_FALSE(is_ieee(*test::integer(4)));
    auto shifted = floating(4);
    shifted->bit_offset = 1;
    CHECK_FALSE(is_ieee(*shifted));
}

TEST_CASE("float value: any exponent and mantissa sizes end in a double")
{
    auto type = layout(16, 63, 64, ~0u);
    CHECK(decode_float(*type, bytes(16, std::byte{0x55})) == infinity);
    auto const none = layout(4, 0, 0, 0);
    CHECK(std::isfinite(decode_float(*none, hex("ffffffff"))));
    auto huge = layout(16, 127, 0, ~0u);
    CHECK_NOTHROW((void)decode_float(*huge, bytes(16, std::byte{0xff})));
}

TEST_CASE("float value: over 16 bytes it is refused, not cut")
{
    auto const type = layout(32, 19, 236, 262143);
    graph const none;
    auto const decoded = decode_value(*type, bytes(32), none);
    REQUIRE(decoded.has_error());
    CHECK(decoded.error().code() == errc::unsupported);
}

}  // namespace
}  // namespace lindi::node
