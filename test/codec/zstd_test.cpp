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

    TEST_CASE("zstd: a wrong checksum is refused")
    {
        auto broken = with_checksum;
        broken.back() ^= std::byte{1};
        CHECK(decode(broken).error().code() == errc::bad_checksum);
    }

    TEST_CASE("zstd: every shorter prefix is refused")
    {
        // Nothing at all is no frame, and decodes to nothing.
        CHECK(decode({}).value().empty());
        test::refuses_or_shortens_prefixes(sample, 200, [](block_view in) {
            auto out = decode_zstd(in, {}, 1000);
            CHECK(out.has_error() == (in.size() != 0));
            return out;
        });
    }

    TEST_CASE("zstd: output over the bound is refused")
    {
        for (std::uint64_t max_size : {0, 1, 199}) {
            CAPTURE(max_size);
            CHECK(decode(sample, max_size).error().code() == errc::too_large);
            CHECK(decode(with_checksum, 4).error().code() == errc::too_large);
        }
    }

    TEST_CASE("zstd: what is not a frame is refused")
    {
        CHECK(decode(hex("00000000 00000000 00000000")).error().code() == errc::bad_value);
    }
}

}  // namespace lindi::codec
