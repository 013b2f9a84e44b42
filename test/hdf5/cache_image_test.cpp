#include "hex.hpp"

#include <lindi/hdf5/cache_image.hpp>
#include <lindi/hdf5/checksum.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;

namespace {

/// Signature to entries as libhdf5 1.10.8 wrote them (H5Pset_mdc_image_config), cut to one entry, a
/// fixed array header at 0x1bf, with length, count and checksum fitted to that.
bytes make_image()
{
    auto image =
        test::hex("'MDCI' 00 00 | 50 00 00 00 00 00 00 00 | 01 00 00 00 |"
                  "16 01 01 00 | 00 00 00 00 | 00 00 | ff ff ff ff |"
                  "bf 01 00 00 00 00 00 00 | 1c 00 00 00 00 00 00 00 |"
                  "'FAHD' 00 00 08 0a 08 00 00 00 00 00 00 00 db 01 00 00 00 00 00 00 53 86 42 c9");
    auto const sum = lookup3(image);
    for (unsigned i = 0; i < 4; ++i)
        image.push_back(static_cast<std::byte>(sum >> 8 * i));
    return image;
}

}  // namespace

TEST_CASE("cache image: its pieces come with the addresses they belong to")
{
    auto const image = make_image();
    REQUIRE(image.size() == 0x50);
    auto const entries = decode_cache_image({image, 0x1052}, {8, 8});
    REQUIRE(entries.has_value());
    REQUIRE(entries->size() == 1);
    CHECK(entries->front().address == 0x1bf);
    CHECK(entries->front().image.size() == 28);
    CHECK(as_text(entries->front().image.bytes.first(4)) == "FAHD");
}

TEST_CASE("cache image: every shorter block is refused, and the error says where")
{
    auto const image = make_image();
    for (std::size_t n = 0; n < image.size(); ++n) {
        CAPTURE(n);
        auto const entries = decode_cache_image({std::span(image).first(n), 0x1052}, {8, 8});
        REQUIRE(entries.has_error());
        CHECK(entries.error().at() <= 0x1052 + n);
    }
}

TEST_CASE("cache image: a count beyond its bytes allocates nothing")
{
    auto image = make_image();
    image[14] = image[15] = image[16] = image[17] = std::byte{0xff};
    auto const entries = decode_cache_image({image, 0}, {8, 8});
    REQUIRE(entries.has_error());
    CHECK(entries.error().code() == errc::truncated);
}
