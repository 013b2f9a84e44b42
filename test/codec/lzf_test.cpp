#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/lzf.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {
namespace {

using lindi::test::hex;

result<bytes> decode(bytes const& in, std::uint64_t max_size = 1000)
{
    return decode_lzf({in, test::place}, {}, max_size);
}

// create_dataset('d', data=np.concatenate([np.arange(8), np.zeros(30), np.arange(8)]).astype('u1'),
// chunks=(46,), compression='lzf'), then d.id.read_direct_chunk((0,))[1]
bytes const sample = hex("08 | 00 01 02 03 04 05 06 07 00 |"  // 9 literals
                         "e0 15 00 |"                         // 7 + 2 + 21 bytes from 1 back
                         "60 25 |"                            // 3 + 2 bytes from 38 back
                         "01 | 06 07");                       // 2 literals

bytes numbers_and_zeros()
{
    auto out = hex("00 01 02 03 04 05 06 07");
    out.resize(38);
    auto const again = hex("00 01 02 03 04 05 06 07");
    out.insert(out.end(), again.begin(), again.end());
    return out;
}

}  // namespace

TEST_CASE("lzf: chunks written by h5py decode")
{
    CHECK(decode(sample).value() == numbers_and_zeros());
    CHECK(decode(sample, 46).value() == numbers_and_zeros());

    // np.array([1] * 300 + [2, 3], dtype='u1')
    bytes ones(302, std::byte{1});
    ones[300] = std::byte{2};
    ones[301] = std::byte{3};
    CHECK(decode(hex("01 0101 | e0 ff 00 | e0 19 00 | 01 0203")).value() == ones);
}

TEST_CASE("lzf: every shorter prefix is refused or gives less")
{
    test::refuses_or_shortens_prefixes(sample, 46, [](block_view in) {
        return decode_lzf(in, {}, 1000);
    });
}

TEST_CASE("lzf: output over the bound is refused")
{
    for (std::uint64_t max_size = 0; max_size < 46; ++max_size) {
        CAPTURE(max_size);
        CHECK(decode(sample, max_size).error().code() == errc::too_large);
    }
}

TEST_CASE("lzf: a match that starts before the chunk is refused")
{
    CHECK(decode(hex("00 07 | 20 00")).value() == hex("07 07 07 07"));
    CHECK(decode(hex("00 07 | 20 01")).error().code() == errc::bad_value);
    CHECK(decode(hex("20 00")).error().code() == errc::bad_value);
}

TEST_CASE("lzf: a match may overlap what it writes")
{
    CHECK(decode(hex("01 07 08 | 60 01")).value() == hex("07 08 07 08 07 08 07"));
}

TEST_CASE("lzf: nothing decodes to nothing")
{
    CHECK(decode({}).value().empty());
}

}  // namespace lindi::codec
