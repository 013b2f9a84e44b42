#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/shuffle.hpp>

#include <doctest/doctest.h>

#include <array>

namespace lindi::codec {
namespace {

using lindi::test::hex;

result<bytes> decode(bytes const& in, std::uint32_t element_size, std::uint64_t max_size)
{
    return decode_shuffle({in, test::place}, std::array{element_size}, max_size);
}

}  // namespace

TEST_CASE("shuffle: a chunk written by h5py decodes")
{
    // create_dataset('d', data=np.arange(3, dtype='<i4') * 0x01020304, chunks=(3,), shuffle=True)
    // then d.id.read_direct_chunk((0,))[1]
    auto const sample = hex("00 04 08 | 00 03 06 | 00 02 04 | 00 01 02");
    CHECK(decode(sample, 4, 12).value() == hex("00000000 04030201 08060402"));
}

TEST_CASE("shuffle: bytes past the last whole element stay where they are")
{
    CHECK(decode(hex("01 03 | 02 04 | 05"), 2, 5).value() == hex("01 02 03 04 05"));
    CHECK(decode(hex("01 02 03"), 4, 3).value() == hex("01 02 03"));
    CHECK(decode({}, 4, 0).value().empty());
}

TEST_CASE("shuffle: elements of one byte, and of more than the chunk has, are left alone")
{
    CHECK(decode(hex("01 02 03"), 1, 3).value() == hex("01 02 03"));
    CHECK(decode(hex("01 02 03"), 0xffffffff, 3).value() == hex("01 02 03"));
}

TEST_CASE("shuffle: a missing, second or zero element size is refused")
{
    bytes const in(8);
    CHECK(decode(in, 0, 8).error().code() == errc::bad_value);
    CHECK(decode_shuffle({in, 0}, {}, 8).error().code() == errc::bad_value);
    CHECK(decode_shuffle({in, 0}, std::array{4u, 4u}, 8).error().code() == errc::bad_value);
}

TEST_CASE("shuffle: output over the bound is refused")
{
    CHECK(decode(bytes(8), 4, 7).error().code() == errc::too_large);
}

TEST_CASE("shuffle: undoes itself for every element size and tail, over many blocks")
{
    bytes in(40'013);
    for (std::size_t i = 0; i < in.size(); ++i)
        in[i] = static_cast<std::byte>(i * i % 251);
    for (std::size_t const size : {1u, 2u, 3u, 4u, 7u, 8u, 16u, 255u, 20'000u, 50'000u}) {
        CAPTURE(size);
        bytes shuffled(in.size());
        bytes out(in.size());
        shuffle(in, size, shuffled);
        unshuffle(shuffled, size, out);
        CHECK(out == in);
        if (size > 1 && size < in.size() / 2) {
            CHECK(shuffled != in);
            CHECK(shuffled[1] == in[size]);
        }
    }
}

}  // namespace lindi::codec
