#include "hex.hpp"
#include "prefixes.hpp"

#include <lindi/codec/quantized.hpp>

#include <doctest/doctest.h>

namespace lindi::codec {

TEST_CASE("quantizing filters: numbers come back as they are stored")
{
    // Community Codec Repository, H5Zbitgroom.c and H5Zgranularbr.c: nothing is done on reading.
    auto const in = lindi::test::hex("00 00 80 3f | 00 00 00 40 | 01");
    CHECK(decode_quantized({in, test::place}, {}, in.size()).value() == in);
    CHECK(decode_quantized({in, test::place}, {}, 8).error().code() == errc::too_large);
}

}  // namespace lindi::codec
