#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/zstd.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {
namespace {

using lindi::test::hex;

result<bytes> decode(bytes const& in, std::uint64_t max_size = 1000)
{
    return decode_zstd({in, test::place}, {}, max_size);
}

bool const absent = !built_in_filters().has(filter_zstd);

// create_dataset('d', data=np.zeros(100, '<i2'), chunks=(100,), **hdf5plugin.Zstd()), then
// d.id.read_direct_chunk((0,))[1]
bytes const sample = hex("28b52ffd | 20 c8 | 4d0000 10 0000 01 00 43 0a 60 01");

// zstandard.ZstdCompressor(write_checksum=True, write_content_size=False).compress(b'hello')
bytes const with_checksum = hex("28b52ffd | 04 00 | 290000 'hello' | a36d9f88");

}  // namespace

TEST_CASE("zstd: without its library it says so" * doctest::skip(!absent))
{
    CHECK(decode(sample).error().code() == errc::missing_filter);
}

TEST_SUITE("zstd" * doctest::skip(absent))
{
    TEST_CASE("zstd: a chunk written by hdf5plugin decodes")
    {
        CHECK(decode(sample).value() == bytes(200));
        CHECK(decode(sample, 200).value() == bytes(200));
    }

    TEST_CASE("zstd: several frames follow each other, and need not tell their size")
    {
        auto two = with_checksum;
        two.insert(two.end(), with_checksum.begin(), with_checksum.end());
        CHECK(decode(two).value() == hex("'hellohello'"));
    }

    TEST_CASE("zstd: skippable frames are skipped")
    {
        auto chunk = hex("512a4d18 | 03000000 | 01 02 03");  // RFC 8878, 3.1.2
        chunk.insert(chunk.end(), with_checksum.begin(), with_checksum.end());
        CHECK(decode(chunk).value() == hex("'hello'"));
    }

    TEST_CASE("zstd: a wrong checksum is refused")
    {
        auto broken = with_checksum;
        broken.back() ^= std::byte{1};
        CHECK(decode(broken).error().code() == errc::bad_checksum);
    }

    TEST_CASE("zstd: every shorter prefix is refused")
    {
        test::refuses_prefixes(sample, [](block_view in) {
            auto out = decode_zstd(in, {}, 1000);
            REQUIRE(out.has_error());
            CHECK(out.error().code() == errc::truncated);
            return out;
        });
    }

    TEST_CASE("zstd: output over the bound is refused")
    {
        for (std::uint64_t max_size : {0u, 1u, 199u}) {
            CAPTURE(max_size);
            CHECK(decode(sample, max_size).error().code() == errc::too_large);
            CHECK(decode(with_checksum, 4).error().code() == errc::too_large);
        }
    }

    TEST_CASE("zstd: what is not a frame is refused")
    {
        CHECK(decode(hex("00000000 00000000 00000000")).error().code() == errc::bad_value);
        // The magic number of version 0.7, also behind a frame.
        auto old = with_checksum;
        old[0] = std::byte{0x27};
        CHECK(decode(old).error().code() == errc::bad_value);
        auto two = with_checksum;
        two.insert(two.end(), old.begin(), old.end());
        CHECK(decode(two).error().code() == errc::bad_value);
        CHECK(decode(two).error().at() == test::place + with_checksum.size() + 4);
    }
}

}  // namespace lindi::codec
