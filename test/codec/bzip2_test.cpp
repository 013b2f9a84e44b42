#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/bzip2.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {
namespace {

using lindi::test::hex;

result<bytes> decode(bytes const& in, std::uint64_t max_size = 1000)
{
    return decode_bzip2({in, test::place}, {}, max_size);
}

bool const absent = !built_in_filters().has(filter_bzip2);

// create_dataset('d', data=np.arange(10, dtype='<i2'), chunks=(10,), **hdf5plugin.BZip2()), then
// d.id.read_direct_chunk((0,))[1]
bytes const sample = hex("'BZh9' 314159265359 0e2429d8 000000c0 007fe020 0021a068 c8400c1c 8abc3bc9"
                         "a803c5dc 914e1424 03890a76 00");
bytes const decoded = hex("0000 0100 0200 0300 0400 0500 0600 0700 0800 0900");

}  // namespace

TEST_CASE("bzip2: without its library it says so" * doctest::skip(!absent))
{
    CHECK(decode(sample).error().code() == errc::missing_filter);
}

TEST_SUITE("bzip2" * doctest::skip(absent))
{
    TEST_CASE("bzip2: a chunk written by hdf5plugin decodes")
    {
        CHECK(decode(sample).value() == decoded);
        CHECK(decode(sample, 20).value() == decoded);
    }

    TEST_CASE("bzip2: bytes after the end of the stream are ignored")
    {
        auto longer = sample;
        longer.insert(longer.end(), 5, std::byte{0xff});
        CHECK(decode(longer, 20).value() == decoded);
    }

    TEST_CASE("bzip2: a stream that grows a thousand times decodes up to the bound")
    {
        // bz2.compress(bytes(100000))
        auto const zeros =
            hex("'BZh9' 314159265359 bea9882b 0000c450 00c00004 00000820 0030cc05 29a610b6"
                "22178bb9 229c2848 5f54c415 80");
        CHECK(decode(zeros, 100'000).value() == bytes(100'000));
        CHECK(decode(zeros, 99'999).error().code() == errc::too_large);
    }

    TEST_CASE("bzip2: every shorter prefix is refused as truncated")
    {
        test::refuses_prefixes(sample, [](block_view in) {
            auto out = decode_bzip2(in, {}, 20);
            REQUIRE(out.has_error());
            CHECK(out.error().code() == errc::truncated);
            return out;
        });
    }

    TEST_CASE("bzip2: output over the bound is refused")
    {
        for (std::uint64_t max_size = 0; max_size < decoded.size(); ++max_size) {
            CAPTURE(max_size);
            CHECK(decode(sample, max_size).error().code() == errc::too_large);
        }
    }

    TEST_CASE("bzip2: any damage is refused")
    {
        for (std::size_t const at : {0u, 4u, 12u, 30u, 43u}) {
            CAPTURE(at);
            auto broken = sample;
            broken[at] ^= std::byte{0x10};
            CHECK(decode(broken).error().code() == errc::bad_value);
        }
    }
}

}  // namespace lindi::codec
