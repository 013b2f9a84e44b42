#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/fletcher32.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {
namespace {

using lindi::test::hex;

// create_dataset('d', data=np.arange(10, dtype='<i2'), chunks=(10,), fletcher32=True)
// then d.id.read_direct_chunk((0,))[1]
bytes const sample = hex("0000 0100 0200 0300 0400 0500 0600 0700 0800 0900 | 00 2d 00 a5");

result<bytes> decode(bytes const& in, std::uint64_t max_size = 1000)
{
    return decode_fletcher32({in, test::place}, {}, max_size);
}

}  // namespace

TEST_CASE("fletcher32: chunks written by h5py are verified and lose the checksum")
{
    CHECK(decode(sample).value() == bytes(sample.begin(), sample.end() - 4));
    CHECK(decode(hex("01 02 03 | 02 04 04 05")).value() == hex("01 02 03"));
    CHECK(decode(hex("00 00 00 00 00 00 | 00 00 00 00")).value() == bytes(6));
    // Sums that are multiples of 65535 are stored as 65535, not as 0.
    CHECK(
        decode(hex("ffff ffff ffff ffff ffff | ff ff ff ff")).value() == bytes(10, std::byte{0xff})
    );
}

TEST_CASE("fletcher32: the checksum is that of libhdf5")
{
    // H5_checksum_fletcher32 of libhdf5 1.10.8.
    CHECK(fletcher32({}) == 0);
    CHECK(fletcher32(hex("'abcd'")) == 0x2629c4c6);
    CHECK(fletcher32(hex("'abcde'")) == 0x4ff029c7);
    // 1,000 words of all ones: the sums are folded more than once.
    CHECK(fletcher32(bytes(2000, std::byte{0xff})) == 0xffffffff);
    CHECK(fletcher32(bytes(1443, std::byte{0x7b})) == 0x901541c7);
}

TEST_CASE("fletcher32: long chunks have the checksum that h5py stores")
{
    bytes repeated(std::size_t{256} * 2048);  // bytes(range(256)) * 2048: stored 01 fe 30 26
    for (std::size_t i = 0; i < repeated.size(); ++i)
        repeated[i] = static_cast<std::byte>(i);
    CHECK(fletcher32(repeated) == 0x2630fe01);

    bytes squares(300'001);  // bytes(i * i % 251 for i in range(300001)): stored 4c 6e b6 b6
    for (std::size_t i = 0; i < squares.size(); ++i)
        squares[i] = static_cast<std::byte>(i * i % 251);
    CHECK(fletcher32(squares) == 0xb6b66e4c);
}

TEST_CASE("fletcher32: the byte order of libhdf5 before 1.6.3 is accepted")
{
    // H5Zfletcher32.c: c[0] and c[1] swapped, and c[2] and c[3].
    auto old = sample;
    std::swap(old[20], old[21]);
    std::swap(old[22], old[23]);
    CHECK(decode(old).value() == bytes(sample.begin(), sample.end() - 4));
    std::swap(old[22], old[23]);
    CHECK(decode(old).error().code() == errc::bad_checksum);
}

TEST_CASE("fletcher32: any changed bit is noticed, and the error is at the checksum")
{
    for (std::size_t bit = 0; bit < sample.size() * 8; ++bit) {
        CAPTURE(bit);
        auto broken = sample;
        broken[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
        auto const out = decode(broken);
        REQUIRE(out.has_error());
        CHECK(out.error().code() == errc::bad_checksum);
        CHECK(out.error().at() == test::place + 20);
    }
}

TEST_CASE("fletcher32: every shorter prefix is refused")
{
    // Not the first sample: leading zeros are their own checksum.
    auto const other = hex("01 02 03 | 02 04 04 05");
    test::refuses_prefixes(other, [](block_view in) { return decode_fletcher32(in, {}, 1000); });
}

TEST_CASE("fletcher32: output over the bound is refused")
{
    CHECK(decode(sample, 20).has_value());
    CHECK(decode(sample, 19).error().code() == errc::too_large);
}

}  // namespace lindi::codec
