#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/deflate.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {
namespace {

using lindi::test::hex;

// with h5py.File('x', 'w') as f:
//     d = f.create_dataset('d', data=np.arange(10, dtype='<i2'), chunks=(10,), compression='gzip')
//     print(d.id.read_direct_chunk((0,))[1].hex(' '))
bytes const sample =
    hex("78 5e"                                                              // zlib header
        "63 60 60 64 60 62 60 66 60 61 60 65 60 63 60 67 e0 60 e0 64 00 00"  // one fixed block
        "01 5e 00 2e");                                                      // Adler-32
bytes const decoded = hex("0000 0100 0200 0300 0400 0500 0600 0700 0800 0900");

result<bytes> decode(bytes const& in, std::uint64_t max_size)
{
    return decode_deflate({in, test::place}, {}, max_size);
}

}  // namespace

TEST_CASE("deflate: a chunk written by h5py decodes")
{
    CHECK(decode(sample, 20).value() == decoded);
    CHECK(decode(sample, 1'000'000).value() == decoded);
    CHECK(decode(sample, ~0ull).value() == decoded);
}

TEST_CASE("deflate: bytes after the end of the stream are ignored")
{
    auto longer = sample;
    longer.insert(longer.end(), 5, std::byte{0xff});
    CHECK(decode(longer, 20).value() == decoded);
}

TEST_CASE("deflate: every shorter prefix is refused as truncated")
{
    test::refuses_prefixes(sample, [](block_view in) {
        auto out = decode_deflate(in, {}, 20);
        CHECK(out.error().code() == errc::truncated);
        return out;
    });
}

TEST_CASE("deflate: output over the bound is refused")
{
    for (std::uint64_t max_size = 0; max_size < decoded.size(); ++max_size) {
        CAPTURE(max_size);
        CHECK(decode(sample, max_size).error().code() == errc::too_large);
    }
}

TEST_CASE("deflate: a stream much longer than its chunk is stopped at the bound")
{
    // zlib.compress(bytes(1 << 16), 9)
    auto const zeros =
        hex("78 da ed c1 01 01 00 00 00 80 90 fe af ee 08 0a 00 00 00 00 00 00 00 00 "
            "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
            "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
            "00 00 00 00 00 00 00 6a 00 0f 00 01");
    CHECK(decode(zeros, 1 << 16).value() == bytes(1 << 16));
    CHECK(decode(zeros, (1 << 16) - 1).error().code() == errc::too_large);
}

TEST_CASE("deflate: a wrong header, a wrong block and a wrong checksum are refused")
{
    for (std::size_t const at : {0u, 2u, 27u}) {
        CAPTURE(at);
        auto broken = sample;
        broken[at] = std::byte{0x07};
        CHECK(decode(broken, 20).error().code() == errc::bad_value);
    }
}

TEST_CASE("deflate: a stream that needs a dictionary is refused")
{
    // zlib.compressobj(zdict=b'abc')
    CHECK(decode(hex("78 bb 02 4d 01 27"), 20).error().code() == errc::bad_value);
}

}  // namespace lindi::codec
