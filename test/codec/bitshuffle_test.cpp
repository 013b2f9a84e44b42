#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/bitshuffle.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {
namespace {

using lindi::test::hex;
using values = std::vector<std::uint32_t>;

result<bytes> decode(bytes const& in, values const& v, std::uint64_t max_size = 1000)
{
    return decode_bitshuffle({in, test::place}, v, max_size);
}

// All samples: create_dataset('d', data=np.arange(n, dtype='<u2'), chunks=(n,),
// **hdf5plugin.Bitshuffle(nelems=..., cname=...)), then d.id.read_direct_chunk((0,))[1]
// and get_filter(0)[2]

// n=10, cname='none': 8 elements transposed, 2 as they are
values const plain_values{0, 4, 2, 0, 0};
bytes const plain = hex("aa cc f0 00 00 00 00 00 00 00 00 00 00 00 00 00 | 0800 0900");
bytes const plain_decoded = hex("0000 0100 0200 0300 0400 0500 0600 0700 0800 0900");

// n=19, nelems=8, cname='lz4': 38 bytes in blocks of 16, of which there are two, and 3 elements
values const lz4_values{0, 4, 2, 8, 2};
bytes const lz4 = hex("00000000 00000026 | 00000010 |"
                      "0000000d | 43 aa cc f0 00 01 00 50 00 00 00 00 00 |"
                      "00000012 | f0 01 aa cc f0 ff 00 00 00 00 00 00 00 00 00 00 00 00 |"
                      "1000 1100 1200");
bytes const nineteen = hex("0000 0100 0200 0300 0400 0500 0600 0700 0800 0900 0a00 0b00"
                           "0c00 0d00 0e00 0f00 1000 1100 1200");

// n=19, nelems=8, cname='zstd'
values const zstd_values{0, 4, 2, 8, 3, 3};
bytes const zstd = hex("00000000 00000026 | 00000010 |"
                       "00000013 | 28b52ffd 20 10 550000 20 aaccf000 01 00 1c 20 02 |"
                       "00000014 | 28b52ffd 20 10 5d0000 28 aaccf0ff 00 01 00 06 d0 02 |"
                       "1000 1100 1200");

}  // namespace

TEST_CASE("bitshuffle: chunks written by hdf5plugin decode")
{
    CHECK(decode(plain, plain_values).value() == plain_decoded);
    CHECK(decode(plain, {0, 4, 2}).value() == plain_decoded);
    CHECK(decode(lz4, lz4_values).value() == nineteen);
    CHECK(decode(lz4, lz4_values, 38).value() == nineteen);
}

TEST_CASE("bitshuffle: Zstandard inside decodes where it is built in")
{
    auto const out = decode(zstd, zstd_values);
    if (built_in_filters().has(filter_zstd))
        CHECK(out.value() == nineteen);
    else
        CHECK(out.error().code() == errc::missing_filter);
}

TEST_CASE("bitshuffle: the block size in the chunk counts, not the one in the client data")
{
    CHECK(decode(lz4, {0, 4, 2, 64, 2}).value() == nineteen);
}

TEST_CASE("bitshuffle: fewer than 8 elements are left as they are")
{
    CHECK(decode(hex("0100 0200"), plain_values).value() == hex("0100 0200"));
    CHECK(decode({}, plain_values).value().empty());
}

TEST_CASE("bitshuffle: every shorter prefix of a compressed chunk is refused as truncated")
{
    test::refuses_prefixes(lz4, [](block_view in) {
        auto out = decode_bitshuffle(in, lz4_values, 1000);
        REQUIRE(out.has_error());
        CHECK(out.error().code() == errc::truncated);
        return out;
    });
    test::refuses_prefixes(zstd, [](block_view in) {
        return decode_bitshuffle(in, zstd_values, 1000);
    });
}

TEST_CASE("bitshuffle: a part of an element is refused")
{
    CHECK(decode(bytes(3), plain_values).error().code() == errc::bad_value);
    auto broken = lz4;
    broken[7] = std::byte{0x25};
    CHECK(decode(broken, lz4_values).error().code() == errc::bad_value);
}

TEST_CASE("bitshuffle: sizes over the bound, or that cannot be, are refused")
{
    CHECK(decode(plain, plain_values, 19).error().code() == errc::too_large);
    CHECK(decode(lz4, lz4_values, 37).error().code() == errc::too_large);
    auto const huge = hex("00000000 40000000 | 00000010 | 00000000");
    CHECK(decode(huge, lz4_values, ~0ull).error().code() == errc::truncated);
    CHECK(decode(huge, zstd_values, ~0ull).error().code() == errc::truncated);
}

TEST_CASE("bitshuffle: a damaged block is refused")
{
    auto broken = lz4;
    broken[16] = std::byte{0x42};  // one literal less
    CHECK(decode(broken, lz4_values).error().code() == errc::bad_value);
}

TEST_CASE("bitshuffle: client data outside its format are refused")
{
    CHECK(decode(plain, {}).error().code() == errc::bad_value);
    CHECK(decode(plain, {0, 4}).error().code() == errc::bad_value);
    CHECK(decode(plain, {0, 4, 0}).error().code() == errc::bad_value);
    CHECK(decode(plain, {0, 4, 2, 9}).error().code() == errc::bad_value);
    CHECK(decode(plain, {0, 4, 2, 8, 1}).error().code() == errc::unsupported);
    CHECK(decode(plain, {0, 4, 0xffffffff, 0xfffffff8, 0}).error().code() == errc::bad_value);
    auto block_of_nine = lz4;
    block_of_nine[11] = std::byte{18};
    CHECK(decode(block_of_nine, lz4_values).error().code() == errc::bad_value);
}

TEST_CASE("bitshuffle: a block size of 0 in the chunk stands for 8 KiB")
{
    auto const chunk = hex("00000000 00000010 | 00000000 |"
                           "0000000d | 43 aa cc f0 00 01 00 50 00 00 00 00 00");
    CHECK(decode(chunk, lz4_values).value() == bytes(nineteen.begin(), nineteen.begin() + 16));
}

}  // namespace lindi::codec
