#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/szip.hpp>

#include <doctest/doctest.h>

#include <array>

namespace lindi::codec {
namespace {

using lindi::test::hex;
using values = std::array<std::uint32_t, 4>;

result<bytes> decode(bytes const& in, values const& v, std::uint64_t max_size = 1000)
{
    return decode_szip({in, test::place}, v, max_size);
}

bool const absent = !built_in_filters().has(filter_szip);

// All samples: dcpl.set_szip(option, pixels per block), then read_direct_chunk((0, ...))[1] and
// get_filter(0)[2]; option 32: nearest neighbour, 4: entropy coding.

// np.array([1, 2, 3, 4, 5, 5, 5, 5, 9, 200], dtype='u1'), set_szip(32, 4)
constexpr values byte_values{169, 4, 8, 10};
bytes const byte_chunk = hex("0a000000 | 20 24 91 1e 81 d0 80 00");

}  // namespace

TEST_CASE("szip: without its library it says so" * doctest::skip(!absent))
{
    CHECK(decode(byte_chunk, byte_values).error().code() == errc::missing_filter);
}

TEST_SUITE("szip" * doctest::skip(absent))
{
    TEST_CASE("szip: chunks written by libhdf5 decode")
    {
        CHECK(decode(byte_chunk, byte_values).value() == hex("01 02 03 04 05 05 05 05 09 c8"));

        // np.arange(100, 118, dtype='>u2').reshape(2, 9), set_szip(32, 8): lines of 9, padded to 16
        CHECK(
            decode(hex("24000000 | 10 06 42 49 24 84 78 80 36 92 49 24 23 c0"), {177, 8, 16, 9})
                .value() == hex("0064 0065 0066 0067 0068 0069 006a 006b 006c"
                                "006d 006e 006f 0070 0071 0072 0073 0074 0075")
        );
        // np.arange(8, dtype='<i4'), set_szip(4, 8): coded byte by byte
        CHECK(
            decode(hex("20000000 | 5a 92 22 aa 10 84"), {141, 8, 32, 8}).value() ==
            hex("00000000 01000000 02000000 03000000 04000000 05000000 06000000 07000000")
        );
        // np.arange(18, dtype='u1').reshape(2, 9), set_szip(4, 8)
        CHECK(
            decode(
                hex("12000000 | 5a 92 22 aa 40 3f e2 aa a4 a7 2e e1 00 7f c0 00"), {141, 8, 8, 9}
            )
                .value() == hex("00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 11")
        );
    }

    TEST_CASE("szip: every shorter prefix is refused as truncated")
    {
        bytes const needed(byte_chunk.begin(), byte_chunk.end() - 1);
        test::refuses_prefixes(needed, [](block_view in) {
            auto out = decode_szip(in, byte_values, 1000);
            REQUIRE(out.has_error());
            CHECK(out.error().code() == errc::truncated);
            return out;
        });
    }

    TEST_CASE("szip: output over the bound is refused before it is made")
    {
        CHECK(decode(byte_chunk, byte_values, 9).error().code() == errc::too_large);
    }

    TEST_CASE("szip: a size that the samples can never reach is refused before it is made")
    {
        auto const out = decode(hex("ffffffff | 20 24"), byte_values, 0xffffffff);
        CHECK(out.error().code() == errc::truncated);
    }

    TEST_CASE("szip: a size that is not whole pixels is refused")
    {
        CHECK(decode(hex("03000000 | 20 24"), {177, 8, 16, 9}).error().code() == errc::bad_value);
        CHECK(decode(hex("06000000 | 20 24"), {141, 8, 32, 8}).error().code() == errc::bad_value);
    }

    TEST_CASE("szip: no samples decode to nothing")
    {
        CHECK(decode(hex("00000000"), byte_values).value().empty());
    }

    TEST_CASE("szip: client data outside its format are refused")
    {
        CHECK(decode_szip({byte_chunk, 0}, {}, 1000).error().code() == errc::bad_value);
        for (auto const& v : {
                 values{169, 0, 8, 10},
                 values{169, 3, 8, 10},
                 values{169, 34, 8, 40},
                 values{169, 4, 0, 10},
                 values{169, 4, 25, 10},
                 values{169, 4, 65, 10},
                 values{169, 4, 8, 3},
                 values{169, 4, 8, 513},
             }) {
            CAPTURE(v[1]);
            CAPTURE(v[2]);
            CAPTURE(v[3]);
            CHECK(decode(byte_chunk, v).error().code() == errc::bad_value);
        }
    }
}

}  // namespace lindi::codec
