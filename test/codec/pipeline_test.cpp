#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/pipeline.hpp>

#include <doctest/doctest.h>

#include <array>

namespace lindi::codec {
namespace {

using lindi::test::hex;

// create_dataset('d', data=np.arange(10, dtype='<i2'), chunks=(10,), shuffle=True,
// compression='gzip', fletcher32=True), then d.id.read_direct_chunk((0,))[1]
bytes const sample =
    hex("78 5e 63 60 64 62 66 61 65 63 e7 e0 64 80 03 00 02 7b 00 2e | f0 5d af a9");
bytes const decoded = hex("0000 0100 0200 0300 0400 0500 0600 0700 0800 0900");

constexpr std::array<std::uint32_t, 1> element_size{2};
constexpr std::array<std::uint32_t, 1> level{4};
constexpr std::array<filter_call, 3> filters{
    filter_call{filter_shuffle, "shuffle", element_size},
    filter_call{filter_deflate, "deflate", level},
    filter_call{filter_fletcher32, "fletcher32", {}},
};

result<bytes> decode(
    bytes const& in,
    std::span<filter_call const> calls = filters,
    std::uint32_t mask = 0,
    std::uint64_t size = 20
)
{
    return decode_chunk(built_in_filters(), {in, test::place}, {calls, mask, size}, {});
}

}  // namespace

TEST_CASE("pipeline: a chunk written by h5py with three filters decodes")
{
    CHECK(decode(sample).value() == decoded);
}

TEST_CASE("pipeline: a filter whose bit is set in the mask was skipped")
{
    // The same dataset with chunks=(10,) and write_direct_chunk((0,), data, filter_mask).
    bytes const without_checksum(sample.begin(), sample.end() - 4);
    CHECK(decode(without_checksum, filters, 0b100).value() == decoded);
    auto const shuffled = hex("00010203040506070809 00000000000000000000 | 05 2d 09 f1");
    CHECK(decode(shuffled, filters, 0b110).has_error());
    CHECK(decode(decoded, filters, 0b111).value() == decoded);
    CHECK(decode(decoded, filters, 0xffffffff).value() == decoded);
}

TEST_CASE("pipeline: without filters the chunk is its bytes")
{
    CHECK(decode(decoded, {}).value() == decoded);
}

TEST_CASE("pipeline: the decoded size must be exactly the chunk's")
{
    CHECK(decode(sample, filters, 0, 21).error().code() == errc::bad_value);
    CHECK(decode(sample, filters, 0, 19).error().code() == errc::too_large);
    CHECK(decode(decoded, {}, 0, 19).error().code() == errc::bad_value);
    CHECK(decode(decoded, {}, 0, 21).error().code() == errc::bad_value);
    CHECK(decode(decoded, {}, 0, 21).error().at() == test::place);
}

TEST_CASE("pipeline: a chunk may end at the edge of the dataset, and is filled up with zeros")
{
    // As the last chunk of RunlengthBasecall in ont_fast5_api's rle_example.fast5, 961 of 1032 rows
    auto const decode_needed = [](std::uint64_t needed) {
        return decode_chunk(built_in_filters(), {sample, 0}, {filters, 0, 24, needed}, {});
    };
    auto padded = decoded;
    padded.resize(24);
    CHECK(decode_needed(20).value() == padded);
    CHECK(decode_needed(19).value() == padded);
    CHECK(decode_needed(21).error().code() == errc::bad_value);
    CHECK(decode_needed(0).error().code() == errc::bad_value);
}

TEST_CASE("pipeline: a decoded size over the limit is refused before anything is decoded")
{
    limits max;
    max.decoded_chunk = 19;
    auto const out = decode_chunk(built_in_filters(), {sample, 0}, {filters, 0, 20}, max);
    CHECK(out.error().code() == errc::too_large);
    CHECK(out.error().message() == "chunk at 0x0: over the limit (limit on decoded chunks, 19)");
}

TEST_CASE("pipeline: a program's own filter is undone, also in place of a built-in one")
{
    // The example of doc/filters.md.
    auto const decode_addition = [](block_view in, client_values values, std::uint64_t max_size
                                 ) -> result<bytes> {
        if (values.size() != 1)
            return error(errc::bad_value, in.at, "addition filter", "number of client values");
        if (in.size() > max_size)
            return error(errc::too_large, in.at, "addition filter", "size of the chunk");
        bytes out(in.bytes.begin(), in.bytes.end());
        for (auto& byte : out)
            byte = static_cast<std::byte>(std::to_integer<unsigned>(byte) - values[0]);
        return out;
    };
    std::array<std::uint32_t, 1> const three{3};
    for (auto const id : {std::uint16_t{40000}, std::uint16_t{filter_deflate}}) {
        auto known = built_in_filters();
        known.add(id, {"addition", decode_addition});
        std::array const calls{filter_call{id, {}, three}};
        auto const stored = hex("04 05 02");
        auto const out =
            decode_chunk(known, {stored, test::place}, {calls, 0, stored.size()}, limits{});
        CHECK(out.value() == hex("01 02 ff"));
    }
}

TEST_CASE("pipeline: a filter that is not there is named by id and name, if it was applied")
{
    std::array const calls{filters[0], filter_call{32017, "SZ", {}}};
    auto const out = decode(sample, calls);
    REQUIRE(out.has_error());
    CHECK(out.error().code() == errc::missing_filter);
    CHECK(out.error().detail() == "filter 32017 (SZ)");
    CHECK(out.error().at() == test::place);
    CHECK(decode(hex("00 01 | 00 00"), calls, 0b10, 4).value() == hex("0000 0100"));
}

TEST_CASE("pipeline: a registry takes decoders of others, also known ones without code")
{
    registry known;
    known.add(300, {"one more", [](block_view in, client_values, std::uint64_t) -> result<bytes> {
                        bytes out(in.bytes.begin(), in.bytes.end());
                        out.push_back(std::byte{7});
                        return out;
                    }});
    known.add(301, {"nothing", {}});
    std::array const calls{filter_call{300, {}, {}}, filter_call{300, {}, {}}};
    CHECK(decode_chunk(known, {}, {calls, 0, 2}, {}).value() == hex("07 07"));
    std::array const missing{filter_call{301, {}, {}}};
    auto const out = decode_chunk(known, {}, {missing, 0, 2}, {});
    CHECK(out.error().code() == errc::missing_filter);
    CHECK(out.error().detail() == "filter 301 (nothing)");
}

TEST_CASE("pipeline: every shorter chunk is refused, with a place in the chunk")
{
    test::refuses_prefixes(sample, [](block_view in) {
        return decode_chunk(built_in_filters(), in, {filters, 0, 20}, {});
    });
}

TEST_CASE("pipeline: an error names the filter; behind the first one it has the chunk's place")
{
    auto broken = sample;
    broken[23] = std::byte{0};
    CHECK(
        decode(broken).error().message() ==
        "filter 3 (fletcher32): fletcher32 filter at 0x54: checksum does not match"
    );
    // The checksum is right, the stream in front of it is not: its compression method is 7.
    CHECK(
        decode(hex("77 85 | 85 77 85 77")).error().message() ==
        "filter 1 (deflate): deflate filter at 0x40: invalid value (unknown compression method)"
    );
}

TEST_CASE("pipeline: output between filters may be longer than the chunk, but not without bound")
{
    // Blocks of 65535 stored bytes; the chunk has 2 bytes, so the bound between filters is 65540.
    std::array const calls{filters[1], filters[1]};
    bytes stream = hex("78 01 01 ff ff 00 00");  // the last block, of zeros
    stream.resize(stream.size() + 65535);
    auto const out = decode(stream, calls, 0, 2);
    CHECK(out.error().code() == errc::truncated);
    stream = hex("78 01 00 ff ff 00 00");
    stream.resize(stream.size() + 65535);
    auto const second = hex("01 ff ff 00 00");
    stream.insert(stream.end(), second.begin(), second.end());
    stream.resize(stream.size() + 65535);
    CHECK(decode(stream, calls, 0, 2).error().code() == errc::too_large);
}

TEST_CASE("pipeline: more than 32 filters are refused")
{
    std::vector<filter_call> const calls(33, filters[2]);
    CHECK(decode(sample, calls).error().code() == errc::bad_value);
}

}  // namespace lindi::codec
