#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/nbit.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {
namespace {

using lindi::test::hex;
using values = std::vector<std::uint32_t>;

result<bytes> decode(bytes const& in, values const& v, std::uint64_t max_size = 1000)
{
    return decode_nbit({in, test::place}, v, max_size);
}

/// Client data for one element of a type.
values one(values type)
{
    values out{static_cast<std::uint32_t>(type.size() + 3), 0, 1};
    out.insert(out.end(), type.begin(), type.end());
    return out;
}

errc refusal(values const& v)
{
    auto const out = decode(bytes(100), v);
    REQUIRE(out.has_error());
    return static_cast<errc>(out.error().code().value());
}

// i12 = h5t.STD_I16LE.copy(); i12.set_precision(12); i12.set_offset(2)
// dcpl.set_filter(5, h5z.FLAG_OPTIONAL), write np.array([1, 2, 3, -1], dtype='<i2')
values const short_values{8, 0, 4, 1, 2, 0, 12, 2};
bytes const short_chunk =
    hex("0010 0200 3fff | 00");  // 001 002 003 fff, and a byte that is never needed

}  // namespace

TEST_CASE("nbit: integers written by libhdf5 decode, in both byte orders")
{
    CHECK(decode(short_chunk, short_values).value() == hex("0400 0800 0c00 fc3f"));

    // i20 = h5t.STD_I32BE.copy(); i20.set_precision(20); i20.set_offset(3); [1, 2, -3]
    CHECK(
        decode(hex("0000 1000 02ff ffd0"), {8, 0, 3, 1, 4, 1, 20, 3}).value() ==
        hex("00000008 00000010 007fffe8")
    );
}

TEST_CASE("nbit: an array of compounds written by libhdf5 decodes")
{
    // inner = {'a': i12 at 0, 'b': i20 at 3, 's': a string of 3 bytes at 8}, 11 bytes;
    // h5t.array_create(inner, (2,)); two elements of bytes 1 to 22, written and read as they are
    values const v{23, 0, 2, 2, 22, 3, 11, 3, 0, 1, 2, 0, 12, 2, 3, 1, 4, 1, 20, 3, 8, 4, 3};
    auto const chunk =
        hex("0800 a0c0 090a 0b34 3202 2214 1516 0800 a0c0 090a 0b34 3202 2214 1516 00");
    auto const element = hex("0002 00 00050600 00 090a0b | 0c0d 00 00101110 00 141516");
    auto expected = element;
    expected.insert(expected.end(), element.begin(), element.end());
    CHECK(decode(chunk, v).value() == expected);
}

TEST_CASE("nbit: a type without padding was not packed")
{
    // np.array([1, 2], dtype='<i2')
    CHECK(decode(hex("0100 0200"), {8, 1, 2, 1, 2, 0, 16, 0}).value() == hex("0100 0200"));
}

TEST_CASE("nbit: every shorter prefix is refused as truncated")
{
    bytes const needed(short_chunk.begin(), short_chunk.end() - 1);
    test::refuses_prefixes(needed, [](block_view in) {
        auto out = decode_nbit(in, short_values, 1000);
        REQUIRE(out.has_error());
        CHECK(out.error().code() == errc::truncated);
        return out;
    });
}

TEST_CASE("nbit: every shorter list of client data is refused")
{
    for (std::size_t n = 0; n < short_values.size(); ++n) {
        CAPTURE(n);
        values shorter(short_values.begin(), short_values.begin() + static_cast<std::ptrdiff_t>(n));
        CHECK(decode(short_chunk, shorter).error().code() == errc::bad_value);
        if (n >= 3) {
            shorter[0] = static_cast<std::uint32_t>(n);
            CHECK(decode(short_chunk, shorter).error().code() == errc::truncated);
        }
    }
}

TEST_CASE("nbit: output over the bound is refused before it is made")
{
    CHECK(decode(short_chunk, short_values, 7).error().code() == errc::too_large);
    CHECK(
        decode(short_chunk, {8, 0, 0xffffffff, 1, 0xffffffff, 0, 12, 2}, ~0ull).error().code() ==
        errc::truncated
    );
    CHECK(decode(bytes(5), {8, 1, 2, 1, 2, 0, 16, 0}, 4).error().code() == errc::too_large);
}

TEST_CASE("nbit: numbers that do not fit into their size are refused")
{
    CHECK(refusal(one({1, 2, 0, 15, 2})) == errc::bad_value);
    CHECK(refusal(one({1, 2, 0, 0xffffffff, 2})) == errc::bad_value);
    CHECK(refusal(one({1, 2, 0, 0, 2})) == errc::bad_value);
    CHECK(refusal(one({1, 2, 2, 12, 2})) == errc::bad_value);
    CHECK(refusal(one({1, 0, 0, 12, 2})) == errc::bad_value);
    CHECK(refusal(one({5, 2, 0, 12, 2})) == errc::bad_value);
}

TEST_CASE("nbit: arrays and compounds whose parts do not fit are refused")
{
    CHECK(decode(bytes(3), one({2, 4, 1, 2, 0, 12, 2})).has_value());
    CHECK(refusal(one({2, 5, 1, 2, 0, 12, 2})) == errc::bad_value);
    CHECK(refusal(one({3, 4, 0})) == errc::bad_value);
    CHECK(refusal(one({3, 4, 1, 3, 1, 2, 0, 12, 2})) == errc::bad_value);
    CHECK(refusal(one({3, 3, 2, 0, 4, 2, 1, 4, 2})) == errc::bad_value);
    CHECK(refusal(one({3, 4, 0xffffffff, 0, 4, 2})) == errc::truncated);
}

TEST_CASE("nbit: a member behind an array of arrays or compounds is refused")
{
    // libhdf5 1.10.8 and 2.0.0 write such a chunk with bits missing, and cannot read it.
    values const inner{3, 2, 1, 0, 4, 2};
    values type{3, 8, 2, 0, 2, 4};
    type.insert(type.end(), inner.begin(), inner.end());
    type.insert(type.end(), {4, 4, 4});
    CHECK(refusal(one(type)) == errc::unsupported);
}

TEST_CASE("nbit: types in each other have a limit")
{
    values type;
    for (int i = 0; i < 31; ++i)
        type.insert(type.end(), {2, 1});
    auto const deepest = [&type] {
        auto v = type;
        v.insert(v.end(), {4, 1});
        return one(v);
    };
    CHECK(decode(bytes(1), deepest()).has_value());
    type.insert(type.end(), {2, 1});
    CHECK(refusal(deepest()) == errc::too_large);
}

}  // namespace lindi::codec
