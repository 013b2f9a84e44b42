#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/blosc2.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {
namespace {

using lindi::test::hex;

using client_data = std::vector<std::uint32_t>;

result<bytes> decode(bytes const& in, client_data const& values = {}, std::uint64_t max_size = 5000)
{
    return decode_blosc2({in, test::place}, values, max_size);
}

// create_dataset('d', data=np.arange(256, dtype='<u2') // 16, chunks=(256,),
// **hdf5plugin.Blosc2(cname='lz4', filters=1)) of hdf5plugin 7.1.0, then
// d.id.read_direct_chunk((0,))[1]
bytes const flat = hex("9ea86232 6672616d 6500d200 000061cf 00000000 0000011e a4120051 03d30000"
                       "00000000 0200d300 00000000 000072d2 00000002 d2000002 00d20000 0200d100"
                       "00d10001 c2d80600 00000000 01010000 00000000 00000093 cd0007de 0000dc00"
                       "00050125 02000200 00000200 00720000 00000000 00000101 00000000 00000000"
                       "00240000 00460000 001b0001 001b0101 001b0201 001b0301 001b0401 001b0501"
                       "001b0601 001b0701 001b0801 001b0901 001b0a01 001b0b01 001b0c01 001b0d01"
                       "001b0e01 00160f01 00500f0f 0f0f0f00 00000005 01070808 00000008 00000028"
                       "00000000 00000000 01000000 00000000 00000000 00000000 00000094 0193cd00"
                       "06de0000 dc0000ce 00000023 d8000000 00000000 00000000 00000000 0000");

// The same with np.zeros(100, '<i4'): no chunk, only an offset that says so
bytes const zeros = hex("9ea86232 6672616d 6500d200 000061cf 00000000 000000ac a4120051 03d30000"
                        "00000000 0190d300 00000000 000000d2 00000004 d2000001 90d20000 0190d100"
                        "00d10001 c2d80600 00000000 01010000 00000000 00000093 cd0007de 0000dc00"
                        "00050107 08080000 00080000 00280000 00000000 00000100 00000000 00000000"
                        "00000000 00000000 81940193 cd0006de 0000dc00 00ce0000 0023d800 00000000"
                        "00000000 00000000 00000000");

// All that follow: blosc2.asarray(data, chunks=data.shape, blocks=blocks, cparams=parameters)
// .to_cframe() of blosc2 4.14.1

// np.arange(1, 36, dtype='u1').reshape(5, 7) // 2, (4, 4), LZ4 without filters: a raw chunk whose
// four blocks stick out
bytes const boxes = hex("9ea86232 6672616d 6500d200 0000a5cf 00000000 00000150 a4120051 02d30000"
                        "00000000 0040d300 00000000 000060d2 00000001 d2000000 10d20000 0040d100"
                        "00d10001 c2d80600 00000000 00010000 00000000 00000093 cd0011de 0001a462"
                        "326e64d2 0000006b dc0001c6 00000035 97000292 d3000000 00000000 05d30000"
                        "00000000 000792d2 00000005 d2000000 0792d200 000004d2 00000004 00db0000"
                        "00037c75 31050137 01400000 00100000 00600000 00000000 00000001 00000000"
                        "00000000 00000101 02040405 05070808 090b0b0c 0c020303 00060607 00090a0a"
                        "000d0d0e 000e0f0f 10000000 00000000 00000000 00101111 00000000 00000000"
                        "00000000 00050107 08080000 00080000 00280000 00000000 00000100 00000000"
                        "00000000 00000000 00000000 00940193 cd0006de 0000dc00 00ce0000 0023d800"
                        "00000000 00000000 00000000 00000000");

// np.arange(1, 65, dtype='<u2').reshape(4, 16), (2, 16), LZ4 after delta and bit shuffle
bytes const differences =
    hex("9ea86232 6672616d 6500d200 0000a5cf 00000000 0000015d a4120091 02d30000"
        "00000000 0080d300 00000000 00006dd2 00000002 d2000000 40d20000 0080d100"
        "00d10001 c2d80603 02000000 00010000 00000000 00000093 cd0011de 0001a462"
        "326e64d2 0000006b dc0001c6 00000035 97000292 d3000000 00000000 04d30000"
        "00000000 001092d2 00000004 d2000000 1092d200 000002d2 00000010 00db0000"
        "00033c75 3205013d 02800000 00400000 006d0000 00030200 00000001 00000000"
        "00000000 00280000 004f0000 00230000 00f002ff ffffffaa aaaaaa88 88888880"
        "80808000 02001100 04000f02 000d5000 00000000 1a000000 1f000100 008fffff"
        "ffff0000 00801b00 00080200 50000000 00000501 07080800 00000800 00002800"
        "00000000 00000001 00000000 00000000 00000000 00000000 00009401 93cd0006"
        "de0000dc 0000ce00 000023d8 00000000 00000000 00000000 00000000 00");

// np.full((3, 3), 3.25, '<f4'), (2, 2): a value that the chunk repeats
bytes const one_value =
    hex("9ea86232 6672616d 6500d200 0000a5cf 00000000 00000114 a4120055 02d30000"
        "00000000 0040d300 00000000 000024d2 00000004 d2000000 10d20000 0040d100"
        "00d10001 c2d80600 00000000 01050000 00000000 00000093 cd0011de 0001a462"
        "326e64d2 0000006b dc0001c6 00000035 97000292 d3000000 00000000 03d30000"
        "00000000 000392d2 00000003 d2000000 0392d200 000002d2 00000002 00db0000"
        "00033c66 34050105 04400000 00100000 00240000 00000000 00000000 00000000"
        "00000000 30000050 40050107 08080000 00080000 00280000 00000000 00000100"
        "00000000 00000000 00000000 00000000 00940193 cd0006de 0000dc00 00ce0000"
        "0023d800 00000000 00000000 00000000 00000000");

// rows of 0, of 7, of i // 256, and of 0, 1024 bytes each, (1, 1024), LZ4: streams that are runs
bytes const runs = hex("9ea86232 6672616d 6500d200 0000a5cf 00000000 0000014b a4120051 02d30000"
                       "00000000 1000d300 00000000 00005bd2 00000001 d2000004 00d20000 1000d100"
                       "00d10001 c2d80600 00000000 00010000 00000000 00000093 cd0011de 0001a462"
                       "326e64d2 0000006b dc0001c6 00000035 97000292 d3000000 00000000 04d30000"
                       "00000000 040092d2 00000004 d2000004 0092d200 000001d2 00000400 00db0000"
                       "00037c75 31050135 01001000 00000400 005b0000 00000000 00000001 00000000"
                       "00000000 00300000 00340000 00390000 00570000 00000000 00f9ffff ff011a00"
                       "00001f00 0100ec1f 010100ec 1f020100 ec1f0301 00e75003 03030303 00000000"
                       "05010708 08000000 08000000 28000000 00000000 00010000 00000000 00000000"
                       "00000000 00000000 940193cd 0006de00 00dc0000 ce000000 23d80000 00000000"
                       "00000000 00000000 000000");

/// `count` little-endian numbers of two bytes: first / divisor, (first + 1) / divisor, ...
bytes counted(std::size_t first, std::size_t count, std::size_t divisor)
{
    bytes out;
    for (std::size_t i = first; i < first + count; ++i) {
        out.push_back(static_cast<std::byte>(i / divisor));
        out.push_back(static_cast<std::byte>(i / divisor >> 8));
    }
    return out;
}

bytes repeated(bytes const& what, std::size_t count)
{
    bytes out;
    for (std::size_t i = 0; i < count; ++i)
        out.insert(out.end(), what.begin(), what.end());
    return out;
}

bytes changed(bytes frame, std::size_t at, unsigned value)
{
    frame.at(at) = static_cast<std::byte>(value);
    return frame;
}

constexpr std::size_t flat_chunk = 0x61;  // where the chunks of the samples begin
constexpr std::size_t boxes_chunk = 0xa5;

}  // namespace

TEST_CASE("blosc2: frames of one flat chunk decode")
{
    CHECK(decode(flat).value() == counted(0, 256, 16));
    CHECK(decode(flat, {1, 0, 2, 512, 5, 1, 1}, 512).value() == counted(0, 256, 16));
    CHECK(decode(zeros).value() == bytes(400));
}

TEST_CASE("blosc2: blocks that are boxes, and stick out of the chunk")
{
    bytes expected;
    for (unsigned i = 1; i < 36; ++i)
        expected.push_back(static_cast<std::byte>(i / 2));
    CHECK(decode(boxes).value() == expected);
    CHECK(decode(boxes, {1, 0, 1, 35, 5, 1, 1, 2, 5, 7}, 35).value() == expected);
}

TEST_CASE("blosc2: filters are undone, also differences from the first block")
{
    CHECK(decode(differences).value() == counted(1, 64, 1));
}

TEST_CASE("blosc2: streams and chunks of one value")
{
    bytes rows(4096);
    for (std::size_t i = 0; i < 1024; ++i) {
        rows[1024 + i] = std::byte{7};
        rows[2048 + i] = static_cast<std::byte>(i / 256);
    }
    CHECK(decode(runs).value() == rows);
    CHECK(decode(one_value).value() == repeated(hex("00005040"), 9));
    // README_CFRAME_FORMAT.rst: 2 are NaNs, 4 was not written, 3 and 5 to 7 are reserved
    auto const kind = flat_chunk + 32 + 7;
    CHECK(decode(changed(zeros, kind, 0x82)).value() == repeated(hex("0000c07f"), 100));
    CHECK(decode(changed(zeros, kind, 0x84)).value() == bytes(400));
    for (unsigned const reserved : {0x80u, 0x83u, 0x85u, 0x86u, 0x87u})
        CHECK(decode(changed(zeros, kind, reserved)).error().code() == errc::bad_value);
}

TEST_CASE("blosc2: bytes behind the frame are ignored")
{
    auto longer = boxes;
    longer.resize(longer.size() + 9);
    CHECK(decode(longer).value().size() == 35);
}

TEST_CASE("blosc2: every shorter prefix is refused as truncated")
{
    for (auto const& frame : {flat, zeros, boxes, differences, one_value, runs})
        test::refuses_prefixes(frame, [](block_view in) {
            auto out = decode_blosc2(in, {}, 5000);
            REQUIRE(out.has_error());
            CHECK(out.error().code() == errc::truncated);
            return out;
        });
}

TEST_CASE("blosc2: output over the bound is refused")
{
    CHECK(decode(flat, {}, 511).error().code() == errc::too_large);
    CHECK(decode(zeros, {}, 399).error().code() == errc::too_large);
    CHECK(decode(boxes, {}, 34).error().code() == errc::too_large);
}

TEST_CASE("blosc2: a shape that is not the filter's is refused")
{
    CHECK(decode(boxes, {1, 0, 1, 35, 5, 1, 1, 2, 7, 5}).error().code() == errc::bad_value);
    CHECK(decode(boxes, {1, 0, 1, 35, 5, 1, 1, 1, 35}).error().code() == errc::bad_value);
}

TEST_CASE("blosc2: what the frame or the chunk cannot be is refused by name")
{
    CHECK(decode(changed(flat, 2, 'B')).error().code() == errc::bad_value);  // magic
    CHECK(decode(changed(flat, 0x19, 0x14)).error().code() == errc::unsupported_version);
    CHECK(decode(changed(flat, 0x19, 0x52)).error().code() == errc::unsupported);  // sizes vary
    CHECK(decode(changed(flat, 0x1a, 0x01)).error().code() == errc::unsupported);  // folder
    CHECK(decode(changed(flat, 0x3c, 0x01)).error().code() == errc::unsupported);  // two chunks
    CHECK(decode(changed(flat, flat_chunk, 3)).error().code() == errc::unsupported_version);
    CHECK(decode(changed(flat, flat_chunk + 2, 0x21)).error().code() == errc::unsupported);
    CHECK(decode(changed(flat, flat_chunk + 2, 0x45)).error().code() == errc::unsupported);
    CHECK(decode(changed(flat, flat_chunk + 2, 0xc5)).error().code() == errc::unsupported);
    CHECK(decode(changed(flat, flat_chunk + 3, 0)).error().code() == errc::bad_value);  // type
    CHECK(decode(changed(flat, flat_chunk + 4, 1)).error().code() == errc::too_large);  // size
    CHECK(decode(changed(flat, flat_chunk + 5, 1)).error().code() == errc::bad_value);
    CHECK(decode(changed(flat, flat_chunk + 16, 5)).error().code() == errc::unsupported);
    CHECK(decode(changed(flat, flat_chunk + 31, 0x01)).error().detail() == "dictionary");
    CHECK(decode(changed(flat, flat_chunk + 31, 0x50)).error().code() == errc::bad_value);
    CHECK(decode(changed(flat, flat_chunk + 30, 0x01)).error().code() == errc::unsupported);
    CHECK(decode(changed(boxes, boxes_chunk + 8, 15)).error().code() == errc::bad_value);
}

TEST_CASE("blosc2: a block must start behind the head, inside the chunk, and on its own")
{
    for (unsigned const start : {0u, 31u, 0x72u, 0xffu}) {
        CAPTURE(start);
        CHECK(decode(changed(flat, flat_chunk + 32, start)).error().code() == errc::bad_value);
    }
    // The second and third rows share the first one's stream: README_CHUNK_FORMAT.rst
    auto shared = runs;
    for (std::size_t const block : {1u, 2u, 3u})
        shared = changed(shared, boxes_chunk + 32 + 4 * block, 0x39);
    CHECK(decode(shared).error().code() == errc::bad_value);
}

TEST_CASE("blosc2: shapes that cannot be are refused")
{
    constexpr std::size_t shape = 0x70;  // the metalayer
    constexpr std::size_t chunk_shape = shape + 4 + 18;
    constexpr std::size_t block_shape = chunk_shape + 1 + 10;
    CHECK(decode(changed(boxes, shape + 2, 0)).error().code() == errc::unsupported);  // rank
    CHECK(decode(changed(boxes, shape + 2, 16)).error().code() == errc::unsupported);
    CHECK(decode(changed(boxes, shape + 2, 1)).error().code() == errc::bad_value);
    CHECK(decode(changed(boxes, shape + 4 + 8, 4)).error().code() == errc::unsupported);
    CHECK(decode(changed(boxes, shape + 4 + 8, 0)).error().code() == errc::unsupported);
    CHECK(decode(changed(boxes, block_shape + 5, 0)).error().code() == errc::bad_value);
    CHECK(decode(changed(boxes, block_shape + 5, 6)).error().code() == errc::bad_value);
    CHECK(decode(changed(boxes, shape + 4 + 1, 0x80)).error().code() == errc::bad_value);
}

}  // namespace lindi::codec
