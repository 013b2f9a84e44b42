#include "hex.hpp"

#include <lindi/zarr/numcodecs.hpp>

#include <doctest/doctest.h>

namespace lindi::zarr {
namespace {

using lindi::test::hex;

std::vector<codec_call> calls(std::string_view json)
{
    json_reader r(json, "codecs");
    std::vector<codec_call> out;
    for (r.begin_list(); r.next();)
        out.push_back(take_codec(r));
    REQUIRE(r.ok());
    return out;
}

result<bytes> decode(std::string_view json, bytes const& stored, std::uint64_t max_size = 1000)
{
    return decode_codecs(calls(json), {stored, 0x40}, max_size);
}

// numcodecs 0.15.1 with numpy 2.2.6: np.arange(10, dtype='<i2') * 3 - 5
bytes const numbers = hex("fbff feff 0100 0400 0700 0a00 0d00 1000 1300 1600");

struct encoded {
    char const* codec;
    char const* bytes;
};
// codec.encode(numbers), codec.get_config()
constexpr encoded samples[] = {
    {R"([{"id":"zlib","level":1}])", "7801fbfdffdf7f4606160676062e065e06010661063106004ba80454"},
    {R"([{"id":"gzip","level":1}])",
     "1f8b08007be5036b04fffbfdffdf7f4606160676062e065e0601066106310600679fd94c14000000"},
    {R"([{"id":"bz2","level":1}])",
     "425a6831314159265359ae5410f00000086000e49249000009a00021a001a10340d056789abc3a00527c5dc914e1"
     "4242b95043c0"},
    {R"([{"id":"lz4","acceleration":1}])", "14000000f005fbfffeff0100040007000a000d00100013001600"},
    {R"([{"id":"zstd","level":1,"checksum":false}])",
     "28b52ffd2014a10000fbfffeff0100040007000a000d00100013001600"},
    {R"([{"id":"shuffle","elementsize":2}])", "fbfe0104070a0d101316ffff0000000000000000"},
    {R"([{"id":"fletcher32"}])", "fbfffeff0100040007000a000d00100013001600005700ef"},
    {R"([{"id":"delta","dtype":"<i2","astype":"|i1"}])", "fb030303030303030303"},
};

}  // namespace

TEST_CASE("numcodecs: what each codec wrote decodes")
{
    for (auto const& sample : samples) {
        CAPTURE(sample.codec);
        std::string packed = sample.bytes;
        auto const got = decode(sample.codec, hex(packed));
        if (got.has_error() && got.error().code() == errc::missing_filter)
            continue;  // built without the library
        REQUIRE_MESSAGE(got.has_value(), got.error().message());
        CHECK(*got == numbers);
    }
}

TEST_CASE("numcodecs: no output is longer than allowed")
{
    for (auto const& sample : samples) {
        CAPTURE(sample.codec);
        auto const got = decode(sample.codec, hex(sample.bytes), 19);
        CHECK(got.has_error());
    }
}

TEST_CASE("numcodecs: every shorter stream is refused or shorter")
{
    for (auto const& sample : samples) {
        auto const all = hex(sample.bytes);
        for (std::size_t n = 0; n < all.size(); ++n) {
            bytes const part(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n));
            auto const got = decode(sample.codec, part);
            CHECK((got.has_error() || *got != numbers));
        }
    }
}

TEST_CASE("numcodecs: calculating codecs, as numpy")
{
    // Delta('<f4').encode(np.array([1.5, 2.25, -3], '<f4'))
    CHECK(
        decode(R"([{"id":"delta","dtype":"<f4"}])", hex("0000c03f 0000403f 0000a8c0")).value() ==
        hex("0000c03f 00001040 000040c0")
    );
    // FixedScaleOffset(offset=1000, scale=10, dtype='<f8', astype='u1').decode(b'\x01\x09\x0e')
    CHECK(
        decode(
            R"([{"id":"fixedscaleoffset","dtype":"<f8","astype":"|u1","offset":1000,"scale":10}])",
            hex("01090e")
        )
            .value() == hex("cdcccccccc408f40 3333333333478f40 33333333334b8f40")
    );
    // the same to integers: offset=-5, scale=0.5, dtype='<i2'
    CHECK(
        decode(
            R"([{"id":"fixedscaleoffset","dtype":"<i2","astype":"<i2","offset":-5,"scale":0.5}])",
            hex("0000 0200 0300 0400 0600")
        )
            .value() == hex("fbff ffff 0100 0300 0700")
    );
    // PackBits().encode(np.array([1, 0, 1, 1, 0, 0, 0, 1, 1, 0], bool))
    CHECK(decode(R"([{"id":"packbits"}])", hex("06b180")).value() == hex("01000101000000010100"));
}

TEST_CASE("numcodecs: several codecs are undone from the last to the first")
{
    // Zlib(1).encode(Shuffle(2).encode(numbers))
    auto const packed = hex("7801fbfd8f91859d8b574058ecff7f062800003e2f0454");
    auto const both = R"([{"id":"shuffle","elementsize":2},{"id":"zlib","level":1}])";
    CHECK(decode(both, packed).value() == numbers);
}

TEST_CASE("numcodecs: unknown codecs are named")
{
    auto const got = decode(R"([{"id":"lzma"}])", numbers);
    REQUIRE(got.has_error());
    CHECK(got.error().code() == errc::missing_filter);
    CHECK(got.error().message().find("lzma") != std::string::npos);
    CHECK(decode(R"([{"id":"packbits"}])", hex("09ff")).has_error());
    CHECK(decode(R"([{"id":"delta","dtype":"|O"}])", numbers).has_error());
    CHECK(decode(R"([{"id":"delta","dtype":"<i4"}])", hex("000000")).has_error());
}

TEST_CASE("numcodecs: gzip takes several members and zeros behind them, nothing else")
{
    auto const one = hex(samples[1].bytes);
    auto two = one;
    two.insert(two.end(), one.begin(), one.end());
    two.insert(two.end(), 5, std::byte{0});
    CHECK(decode(samples[1].codec, two).value().size() == 40);
    two.push_back(std::byte{7});
    CHECK(decode(samples[1].codec, two).has_error());
}

}  // namespace lindi::zarr
