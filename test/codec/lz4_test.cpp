#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/lz4.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {
namespace {

using lindi::test::hex;

result<bytes> decode(bytes const& in, std::uint64_t max_size = 1000)
{
    return decode_lz4({in, test::place}, {}, max_size);
}

// create_dataset('d', data=np.array([1] * 40 + [2, 3, 4], dtype='u1'), chunks=(43,),
// **hdf5plugin.LZ4(nbytes=32)), then d.id.read_direct_chunk((0,))[1]
bytes const sample = hex("00000000 0000002b | 00000020 |"  // 43 bytes in blocks of 32
                         "0000000b | 1f 01 01 00 07 50 01 01 01 01 01 |"  // an LZ4 block
                         "0000000b | 01 01 01 01 01 01 01 01 02 03 04");  // stored as it is

bytes ones_and_more()
{
    bytes out(43, std::byte{1});
    out[40] = std::byte{2};
    out[41] = std::byte{3};
    out[42] = std::byte{4};
    return out;
}

}  // namespace

TEST_CASE("lz4: a chunk written by hdf5plugin decodes, packed and stored blocks")
{
    CHECK(decode(sample).value() == ones_and_more());
    CHECK(decode(sample, 43).value() == ones_and_more());
}

TEST_CASE("lz4: a block size over the chunk's is one block")
{
    auto const chunk = hex("00000000 00000002 | 40000000 | 00000002 | 07 08");
    CHECK(decode(chunk).value() == hex("07 08"));
}

TEST_CASE("lz4: every shorter prefix is refused as truncated")
{
    test::refuses_prefixes(sample, [](block_view in) {
        auto out = decode_lz4(in, {}, 1000);
        REQUIRE(out.has_error());
        CHECK(out.error().code() == errc::truncated);
        return out;
    });
}

TEST_CASE("lz4: sizes that cannot be are refused before memory is set aside")
{
    CHECK(decode(sample, 42).error().code() == errc::too_large);
    auto const huge = hex("00000000 40000000 | 00000020 | 00000000");
    CHECK(decode(huge, ~0ull).error().code() == errc::truncated);
    auto const no_blocks = hex("00000000 00000002 | 00000000 | 00000002 | 07 08");
    CHECK(decode(no_blocks).error().code() == errc::bad_value);
}

TEST_CASE("lz4: a block that decodes to another size is refused")
{
    auto broken = sample;
    broken[20] = std::byte{8};  // a longer match
    CHECK(decode(broken).error().code() == errc::bad_value);
    broken[20] = std::byte{6};
    CHECK(decode(broken).error().code() == errc::bad_value);
    auto const empty_block = hex("00000000 00000002 | 00000002 | 00000000");
    CHECK(decode(empty_block).error().code() == errc::bad_value);
}

TEST_CASE("lz4: an empty chunk decodes to nothing")
{
    CHECK(decode(hex("00000000 00000000 | 00000000")).value().empty());
}

}  // namespace lindi::codec
