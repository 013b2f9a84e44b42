#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/vbz.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {
namespace {

using lindi::test::hex;

/// Version, integer size, differences, level of Zstandard.
using options = std::vector<std::uint32_t>;

result<bytes> decode(bytes const& in, options const& values, std::uint64_t max_size = 1000)
{
    return decode_vbz({in, test::place}, values, max_size);
}

// All samples: create_dataset('d', data=np.array(numbers, dtype), chunks=(len(numbers),),
// compression=32020, compression_opts=options) with the plugin of vbz-h5py-plugin 1.0.1, then
// d.id.read_direct_chunk((0,))[1]

// [0, 1, -1, 300, -300, -32768, 32767, 5], '<i2'
bytes const sample = hex("10000000 | 4045 | 00 02 03 5a02 af04 a7fd01 f3ff");
bytes const with_zstd =
    hex("10000000 | 28b52ffd 200e 710000 | 4045 00 02 03 5a02 af04 a7fd01 f3ff");
bytes const decoded = hex("0000 0100 ffff 2c01 d4fe 0080 ff7f 0500");

// [0, 1, -1, 100, -100, -128, 127, 5, 5], 'i1'
bytes const half_bytes = hex("09000000 | 94bb00 | 32 ca 8f01 37 fe01 f3");
bytes const decoded_i1 = hex("00 01 ff 64 9c 80 7f 05 05");

}  // namespace

TEST_CASE("vbz: chunks of the plugin decode")
{
    CHECK(decode(sample, {0, 2, 1, 0}).value() == decoded);
    CHECK(decode(sample, {0, 2, 1, 0}, decoded.size()).value() == decoded);
    auto const plain = hex("10000000 | 701f | 00 01 ffffffff 2c01 d4feffff 0080ffff ff7f 05");
    CHECK(decode(plain, {0, 2, 0, 0}).value() == decoded);
    // [0, 1, -1, 70000, -2**31, 2**31 - 1], '<i4'
    auto const wide = hex("18000000 | 8003 | 00 02 03 e22202 20ddfdff 01");
    CHECK(
        decode(wide, {0, 4, 1, 0}).value() ==
        hex("00000000 01000000 ffffffff 70110100 00000080 ffffff7f")
    );
}

TEST_CASE("vbz: version 1 packs bytes into halves, and other integers as before")
{
    CHECK(decode(half_bytes, {1, 1, 1, 0}).value() == decoded_i1);
    auto const plain = hex("09000000 | b46f01 | f1ff 4fc6 f90f f8ff 5705");
    CHECK(decode(plain, {1, 1, 0, 0}).value() == decoded_i1);
    CHECK(decode(sample, {1, 2, 1, 0}).value() == decoded);
}

TEST_CASE("vbz: Zstandard around it decodes where it is built in")
{
    for (auto const& values : {options{1, 2, 1, 1}, options{0, 2, 1}}) {
        auto const out = decode(with_zstd, values);
        if (built_in_filters().has(filter_zstd))
            CHECK(out.value() == decoded);
        else
            CHECK(out.error().code() == errc::missing_filter);
    }
}

TEST_CASE("vbz: every shorter prefix is refused as truncated")
{
    test::refuses_prefixes(sample, [](block_view in) {
        auto out = decode_vbz(in, options{0, 2, 1, 0}, 1000);
        REQUIRE(out.has_error());
        CHECK(out.error().code() == errc::truncated);
        return out;
    });
    test::refuses_prefixes(half_bytes, [](block_view in) {
        auto out = decode_vbz(in, options{1, 1, 1, 0}, 1000);
        REQUIRE(out.has_error());
        CHECK(out.error().code() == errc::truncated);
        return out;
    });
    test::refuses_prefixes(with_zstd, [](block_view in) {
        return decode_vbz(in, options{0, 2, 1, 1}, 1000);
    });
}

TEST_CASE("vbz: sizes that cannot be are refused before memory is set aside")
{
    CHECK(decode(sample, {0, 2, 1, 0}, 15).error().code() == errc::too_large);
    CHECK(decode(hex("fcffffff 4045"), {0, 2, 1, 0}, ~0ull).error().code() == errc::truncated);
    CHECK(decode(hex("03000000 40 00 01"), {0, 2, 1, 0}).error().code() == errc::bad_value);
    auto longer = sample;
    longer.resize(longer.size() + 1);
    CHECK(decode(longer, {0, 2, 1, 0}).error().code() == errc::bad_value);
}

TEST_CASE("vbz: other versions, integer sizes and numbers of client values are refused")
{
    CHECK(decode(sample, {2, 2, 1, 0}).error().code() == errc::unsupported_version);
    for (unsigned const width : {0u, 3u, 5u, 8u})
        CHECK(decode(sample, {0, width, 1, 0}).error().code() == errc::bad_value);
    CHECK(decode(sample, {0, 2}).error().code() == errc::bad_value);
}

}  // namespace lindi::codec
