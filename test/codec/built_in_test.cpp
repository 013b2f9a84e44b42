#include <lindi/codec/codec.hpp>

#include <doctest/doctest.h>

#include <array>

namespace lindi::codec {
namespace {

constexpr std::array<std::uint16_t, 18> ids{
    1,
    2,
    3,
    4,
    5,
    6,
    305,
    307,
    32000,
    32001,
    32004,
    32008,
    32013,
    32015,
    32020,
    32022,
    32023,
    32026};

}  // namespace

TEST_CASE("built-in filters: all are known by name, and those without a library are there")
{
    auto const known = built_in_filters();
    for (auto const id : ids) {
        CAPTURE(id);
        auto const* const found = known.find(id);
        REQUIRE(found != nullptr);
        CHECK(!found->name.empty());
        if (id != filter_szip && id != filter_bzip2 && id != filter_zfp && id != filter_zstd)
            CHECK(known.has(id));
    }
    CHECK(known.find(32002) == nullptr);
    CHECK(!known.has(32002));
}

TEST_CASE("built-in filters: each refuses or bounds any short input")
{
    auto const known = built_in_filters();
    bytes const zeros(40);
    std::vector<std::uint32_t> const values(20, 1);
    for (auto const id : ids) {
        if (!known.has(id))
            continue;
        for (std::size_t n = 0; n <= zeros.size(); ++n) {
            CAPTURE(id);
            CAPTURE(n);
            bytes const in(n);
            auto const& decode = known.find(id)->decode;
            auto const out = decode({in, 0}, values, 10);
            CHECK((out.has_error() || out->size() <= 10));
        }
    }
}

}  // namespace lindi::codec
