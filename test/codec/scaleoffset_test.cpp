#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/scaleoffset.hpp>

#include <doctest/doctest.h>

#include <array>

namespace lindi::codec {
namespace {

using lindi::test::hex;
using values = std::array<std::uint32_t, 20>;

result<bytes> decode(bytes const& in, values const& v, std::uint64_t max_size = 1000)
{
    return decode_scaleoffset({in, test::place}, v, max_size);
}

// All samples: create_dataset('d', data=..., chunks=(n,), scaleoffset=..., fillvalue=...), then
// d.id.read_direct_chunk((0,))[1] and d.id.get_create_plist().get_filter(0)[2]

// np.array([100, 103, 107, 100, 115], dtype='<i2'), scaleoffset=0: 5 bits each from 100 up
constexpr values shorts{2, 0, 5, 0, 2, 1, 0, 1};
bytes const shorts_chunk =
    hex("05000000 | 08 | 64000000 00000000 | 00000000 00000000 | 00 ce 07 80");
bytes const shorts_decoded = hex("6400 6700 6b00 6400 7300");

values with(values v, std::size_t i, std::uint32_t value)
{
    v[i] = value;
    return v;
}

}  // namespace

TEST_CASE("scaleoffset: integers written by h5py decode")
{
    CHECK(decode(shorts_chunk, shorts).value() == shorts_decoded);

    // np.array([-3, 0, 4], dtype='>i4'), scaleoffset=0: the minimum is -3
    auto const negative = hex("04000000 | 08 | fdffffff ffffffff | 00000000 00000000 | 0f 70");
    CHECK(decode(negative, {2, 0, 3, 0, 4, 1, 1, 1}).value() == hex("fffffffd 00000000 00000004"));
}

TEST_CASE("scaleoffset: the largest packed number stands for the fill value")
{
    // np.array([100, 103, -1, 100, 115], dtype='<i2'), scaleoffset=0, fillvalue=-1
    auto const chunk = hex("05000000 | 08 | 64000000 00000000 | 00000000 00000000 | 00 fe 07 80");
    auto const filled = with(shorts, 8, 65535);
    CHECK(decode(chunk, filled).value() == hex("6400 6700 ffff 6400 7300"));
    // The same without a fill value: 31 from 100 up.
    CHECK(decode(chunk, with(filled, 7, 0)).value() == hex("6400 6700 8300 6400 7300"));
}

TEST_CASE("scaleoffset: floats written by h5py decode")
{
    // np.array([1.25, 1.5, -2.0, 3.75], dtype='<f4'), scaleoffset=2: hundredths from -2 up
    auto const single =
        hex("0a000000 | 08 | 000000c0 00000000 | 00000000 00000000 | 51 55 e0 02 3f 00");
    CHECK(
        decode(single, {0, 2, 4, 1, 4, 0, 0, 1}).value() ==
        hex("0000a03f 0000c03f 000000c0 00007040")
    );
    // The same, dtype='>f8'
    auto const twice =
        hex("0a000000 | 08 | 00000000 000000c0 | 00000000 00000000 | 51 55 e0 02 3f 00");
    CHECK(
        decode(twice, {0, 2, 4, 1, 8, 0, 1, 1}).value() ==
        hex("3ff4000000000000 3ff8000000000000 c000000000000000 400e000000000000")
    );
}

TEST_CASE("scaleoffset: the sign of floats does not matter")
{
    // HDF5's example h5ex_d_sofloat.h5 has 2,084,860 there.
    auto const chunk = hex("01000000 | 08 | 000000c0 00000000 | 00000000 00000000 | 00");
    CHECK(decode(chunk, {0, 2, 1, 1, 4, 2084860, 0, 0}).value() == hex("000000c0"));
}

TEST_CASE("scaleoffset: no bits at all mean that every element is the minimum")
{
    // H5Zscaleoffset.c: equal elements of a dataset without a fill value need no bits, and one byte
    // is written all the same.
    auto const chunk = hex("00000000 | 08 | 07000000 00000000 | 00000000 00000000 | 00");
    CHECK(decode(chunk, {2, 0, 4, 0, 2, 0, 0, 0}).value() == hex("0700 0700 0700 0700"));
}

TEST_CASE("scaleoffset: elements that need all their bits are stored as they are")
{
    // np.array([-32768, 32767], dtype='>i2'), scaleoffset=0: little-endian in the file
    auto const chunk = hex("10000000 | 08 | 00000000 00000000 | 00000000 00000000 | 0080 ff7f");
    CHECK(decode(chunk, {2, 0, 2, 0, 2, 1, 1, 1}).value() == hex("8000 7fff"));
    // np.array([1, 2], dtype='>i2'), scaleoffset=16: the filter leaves the chunk alone
    CHECK(decode(hex("0001 0002"), {2, 16, 2, 0, 2, 1, 1, 1}).value() == hex("0001 0002"));
}

TEST_CASE("scaleoffset: every shorter prefix is refused as truncated")
{
    test::refuses_prefixes(shorts_chunk, [](block_view in) {
        auto out = decode_scaleoffset(in, shorts, 1000);
        REQUIRE(out.has_error());
        CHECK(out.error().code() == errc::truncated);
        return out;
    });
}

TEST_CASE("scaleoffset: output over the bound is refused before it is made")
{
    CHECK(decode(shorts_chunk, shorts, 9).error().code() == errc::too_large);
    CHECK(decode(shorts_chunk, with(shorts, 2, 0xffffffff)).error().code() == errc::too_large);
    CHECK(decode(bytes(9), {2, 16, 2, 0, 2, 1, 1, 1}, 8).error().code() == errc::too_large);
}

TEST_CASE("scaleoffset: more bits than an element has are refused")
{
    auto chunk = shorts_chunk;
    chunk[0] = std::byte{17};
    CHECK(decode(chunk, shorts).error().code() == errc::bad_value);
    chunk[0] = std::byte{0xff};
    chunk[3] = std::byte{0xff};
    CHECK(decode(chunk, shorts).error().code() == errc::bad_value);
}

TEST_CASE("scaleoffset: client data outside its format are refused")
{
    CHECK(decode_scaleoffset({shorts_chunk, 0}, {}, 1000).error().code() == errc::bad_value);
    for (auto const& [i, value] : {
             std::pair<std::size_t, std::uint32_t>{0, 0},
             {0, 1},
             {0, 3},
             {1, 17},
             {3, 2},
             {4, 0},
             {4, 3},
             {4, 16},
             {6, 2},
             {7, 2},
         }) {
        CAPTURE(i);
        CAPTURE(value);
        CHECK(decode(shorts_chunk, with(shorts, i, value)).error().code() == errc::bad_value);
    }
    constexpr values floats{0, 2, 5, 1, 4, 0, 0, 1};
    CHECK(decode(shorts_chunk, with(floats, 4, 2)).error().code() == errc::bad_value);
    CHECK(decode(shorts_chunk, with(floats, 0, 2)).error().code() == errc::bad_value);
    CHECK(decode(shorts_chunk, with(floats, 0, 1)).error().code() == errc::unsupported);
}

}  // namespace lindi::codec
