#include <lindi/zarr/float_text.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <limits>

using namespace lindi;

namespace {

std::string text_of(double value, zarr::non_finite style = zarr::non_finite::quoted)
{
    std::string out;
    zarr::append_float(out, value, style);
    return out;
}

}  // namespace

// Expected texts: Python 3.11, json.dumps(value).
TEST_CASE("float text: numbers are written as Python writes them")
{
    CHECK(text_of(0.0) == "0.0");
    CHECK(text_of(-0.0) == "-0.0");
    CHECK(text_of(5) == "5.0");
    CHECK(text_of(-1.5) == "-1.5");
    CHECK(text_of(0.1) == "0.1");
    CHECK(text_of(1.0 / 3) == "0.3333333333333333");
    CHECK(text_of(static_cast<double>(0.1f)) == "0.10000000149011612");
    CHECK(text_of(123456789.125) == "123456789.125");
    CHECK(text_of(30000) == "30000.0");
}

TEST_CASE("float text: the exponent form begins below 1e-4 and at 1e16")
{
    CHECK(text_of(0.0001) == "0.0001");
    CHECK(text_of(0.00012345) == "0.00012345");
    CHECK(text_of(0.00001) == "1e-05");
    CHECK(text_of(1.5e-7) == "1.5e-07");
    CHECK(text_of(9999999999999998) == "9999999999999998.0");
    CHECK(text_of(1e15) == "1000000000000000.0");
    CHECK(text_of(1e16) == "1e+16");
    CHECK(text_of(1e22) == "1e+22");
    CHECK(text_of(1e300) == "1e+300");
    CHECK(text_of(-1.7976931348623157e308) == "-1.7976931348623157e+308");
    CHECK(text_of(5e-324) == "5e-324");
    CHECK(text_of(2.2250738585072014e-308) == "2.2250738585072014e-308");
}

TEST_CASE("float text: what is not finite is a string outside, a bare token inside json2")
{
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    auto const inf = std::numeric_limits<double>::infinity();
    CHECK(text_of(nan) == "\"NaN\"");
    CHECK(text_of(inf) == "\"Infinity\"");
    CHECK(text_of(-inf) == "\"-Infinity\"");
    CHECK(text_of(nan, zarr::non_finite::bare) == "NaN");
    CHECK(text_of(-inf, zarr::non_finite::bare) == "-Infinity");
    CHECK(text_of(-nan, zarr::non_finite::bare) == "NaN");
}

TEST_CASE("float text: every text reads back as the same double")
{
    std::uint64_t state = 1;
    for (int i = 0; i < 20000; ++i) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        double value = 0;
        static_assert(sizeof value == sizeof state);
        __builtin_memcpy(&value, &state, sizeof value);
        if (!std::isfinite(value))
            continue;
        CAPTURE(value);
        REQUIRE(std::strtod(text_of(value).c_str(), nullptr) == value);
    }
}

TEST_CASE("float text: integers have their full range")
{
    std::string out;
    zarr::append_integer(out, std::numeric_limits<std::int64_t>::min());
    CHECK(out == "-9223372036854775808");
    out.clear();
    zarr::append_integer(out, std::numeric_limits<std::uint64_t>::max());
    CHECK(out == "18446744073709551615");
}
