#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/zfp.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {
namespace {

using lindi::test::hex;

using header = std::vector<std::uint32_t>;

result<bytes> decode(bytes const& in, header const& values, std::uint64_t max_size = 1000)
{
    return decode_zfp({in, test::place}, values, max_size);
}

bool const absent = !built_in_filters().has(filter_zfp);

// All samples: create_dataset('d', data=data, chunks=data.shape, **hdf5plugin.Zfp(mode)) of
// hdf5plugin 7.1.0 (zfp 1.0.1), its filter's client data, d.id.read_direct_chunk((0,))[1], and
// what d[...] is after the file was opened again

// np.array([[1, 2, 3], [-4, 5, 600]], '<i4'), reversible=True
header const int32_header{0x10105111, 0x0570667a, 0x10000024, 0x88000000};
bytes const int32_chunk = hex("1f000001 40002820 00100900 05400022 00009010 cc2db204 11eb2400");
bytes const int32_data = hex("01000000 02000000 03000000 fcffffff 05000000 58020000");

// np.array([1.5, -2, 0, 1e300, 3], '<f8'), reversible=True
header const float64_header{0x10105111, 0x0570667a, 0x43, 0x88000000};
bytes const float64_chunk = hex("ff7d0100 2000821c 00002000 02000220 "
                                "02220022 00000000 00220020 20202220 9916c0c1 0a");
bytes const float64_data = hex("000000000000f83f 00000000000000c0 0000000000000000"
                               "9c7500883ce4377e 0000000000000840");

header changed(header values, std::size_t at, std::uint32_t value)
{
    values[at] = value;
    return values;
}

}  // namespace

TEST_CASE("zfp: without its library it says so" * doctest::skip(!absent))
{
    CHECK(decode(int32_chunk, int32_header).error().code() == errc::missing_filter);
}

TEST_SUITE("zfp" * doctest::skip(absent))
{
    TEST_CASE("zfp: reversible chunks decode, of any type and rank")
    {
        CHECK(decode(int32_chunk, int32_header).value() == int32_data);
        CHECK(decode(int32_chunk, int32_header, int32_data.size()).value() == int32_data);
        CHECK(decode(float64_chunk, float64_header).value() == float64_data);
        // np.arange(16, dtype='<i8').reshape(2, 2, 2, 2)
        auto const rank_4 = decode(
            hex("3f000000 00000000 4230c031 80106008 2000"),
            {0x10105111, 0x0570667a, 0x1001001d, 0x88000100}
        );
        bytes counted(128);
        for (std::size_t i = 0; i < 16; ++i)
            counted[8 * i] = static_cast<std::byte>(i);
        CHECK(rank_4.value() == counted);
    }

    TEST_CASE("zfp: lossy modes give the numbers that the plugin gives")
    {
        // np.array([[1, 2, 3, 4, 5], [2, 4, 6, 8, 10]], '<f4'), rate=8: two blocks
        auto const rate = decode(
            hex("0731331a 2a040000 00000000 00000000 072d2110 28040000 00000000 00000000"),
            {0x10105111, 0x0570667a, 0x10000046, 0x07f00000}
        );
        CHECK(
            rate.value() == hex("0000803f 00000040 00004040 00008040 0000a040"
                                "00000040 00008040 0000c040 00000041 00002041")
        );
        // np.array([0.1, 0.2, 0.3], '<f4'), accuracy=0.01
        auto const accuracy =
            decode(hex("fd2cd5fc5b0e"), {0x10105111, 0x0570667a, 0x22, 0xcac00000});
        CHECK(accuracy.value() == hex("0000cd3d 00804f3e 00409a3e"));
        // np.arange(8, dtype='<f8').reshape(2, 2, 2), minbits=5, maxbits=300, maxprec=20,
        // minexp=-100: the long form of the mode
        auto const expert = decode(
            hex("056809b8 80040200 00000000 00000000 00000000 00000000 0000"),
            {0x10105111, 0x0570667a, 0x10001b, 0xfff00010, 0xc0958004, 0x80164}
        );
        CHECK(
            expert.value() == hex("0000000000000000 000000000000f03f 0000000000000040"
                                  "0000000000000840 0000000000001040 0000000000001440"
                                  "0000000000001840 0000000000001c40")
        );
    }

    TEST_CASE("zfp: a header of the other byte order gives big-endian numbers")
    {
        // As in H5Z-ZFP's test_zfp_be.h5, whose client data begin 0x500020, 0x7a667005.
        header const swapped{0x500020, 0x7a667005, 0x24000010, 0x00000088};
        CHECK(
            decode(int32_chunk, swapped).value() ==
            hex("00000001 00000002 00000003 fffffffc 00000005 00000258")
        );
    }

    TEST_CASE("zfp: every shorter prefix is refused as truncated")
    {
        auto const refused = [](header const& values) {
            return [&values](block_view in) {
                auto out = decode_zfp(in, values, 1000);
                REQUIRE(out.has_error());
                CHECK(out.error().code() == errc::truncated);
                return out;
            };
        };
        test::refuses_prefixes(int32_chunk, refused(int32_header));
        test::refuses_prefixes(float64_chunk, refused(float64_header));
    }

    TEST_CASE("zfp: output over the bound is refused, and a field beyond its bits")
    {
        CHECK(decode(int32_chunk, int32_header, 23).error().code() == errc::too_large);
        // 2^48 elements
        auto const huge = header{0x10105111, 0x0570667a, 0xfffffff3, 0x880fffff};
        CHECK(decode(float64_chunk, huge).error().code() == errc::too_large);
        CHECK(decode(float64_chunk, huge, ~0ull).error().code() == errc::truncated);
    }

    TEST_CASE("zfp: blocks that ask for more bits than there are end inside the padding")
    {
        // minbits = maxbits = 2^15
        header const longest{0x10105111, 0x0570667a, 0x43, 0xfff00000, 0xffffffff, 0x80164};
        for (std::size_t size : {0u, 1u, 100u, 5000u}) {
            CAPTURE(size);
            CHECK(decode(bytes(size), longest).error().code() == errc::truncated);
            CHECK(decode(bytes(size, std::byte{0xff}), longest).error().code() == errc::truncated);
        }
        CHECK(decode(bytes(8192), longest).value() == bytes(40));
    }

    TEST_CASE("zfp: client data without a header, and other versions of the codec, are refused")
    {
        CHECK(decode(int32_chunk, {}).error().code() == errc::bad_value);
        CHECK(decode(int32_chunk, {1, 0x0570667a, 3}).error().code() == errc::bad_value);
        CHECK(decode(int32_chunk, changed(int32_header, 1, 5)).error().code() == errc::bad_value);
        CHECK(
            decode(int32_chunk, changed(int32_header, 1, 0x0670667a)).error().code() ==
            errc::unsupported_version
        );
        // H5Z-ZFP's test_zfp_110xxx.h5: codec version 7
        CHECK(
            decode(int32_chunk, changed(int32_header, 0, 0x10007110)).error().code() ==
            errc::unsupported_version
        );
        // The long form of the mode, but without its words.
        CHECK(
            decode(int32_chunk, changed(int32_header, 3, 0xfff00000)).error().code() ==
            errc::bad_value
        );
        // minbits 1 over maxbits 0 + 1 is sound, 2 is not
        header const contradiction{0x10105111, 0x0570667a, 0x43, 0xfff00000, 0x00000001, 0};
        CHECK(decode(int32_chunk, contradiction).error().code() == errc::bad_value);
    }
}

}  // namespace lindi::codec
