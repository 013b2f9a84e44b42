#include <lindi/zarr/shortest_float.hpp>

#include <doctest/doctest.h>

#include <limits>

using lindi::zarr::shortest_float;

// Expected texts: repr(x) of Python for 8 bytes, str(numpy.float32(x)) and str(numpy.float16(x))
// for 4 and 2.

TEST_CASE("shortest float: numbers look as Python writes them")
{
    CHECK(shortest_float(0.0, 8) == "0.0");
    CHECK(shortest_float(-0.0, 8) == "-0.0");
    CHECK(shortest_float(1.0, 8) == "1.0");
    CHECK(shortest_float(-123.456, 8) == "-123.456");
    CHECK(shortest_float(0.1 + 0.2, 8) == "0.30000000000000004");
    CHECK(shortest_float(5e-324, 8) == "5e-324");
    CHECK(shortest_float(std::numeric_limits<double>::max(), 8) == "1.7976931348623157e+308");
}

TEST_CASE("shortest float: exponents begin below 1e-4 and at 1e16")
{
    CHECK(shortest_float(0.0001, 8) == "0.0001");
    CHECK(shortest_float(0.00001, 8) == "1e-05");
    CHECK(shortest_float(123e-7, 8) == "1.23e-05");
    CHECK(shortest_float(9999999999999998.0, 8) == "9999999999999998.0");
    CHECK(shortest_float(1e15, 8) == "1000000000000000.0");
    CHECK(shortest_float(1e16, 8) == "1e+16");
    CHECK(shortest_float(static_cast<double>(1e-4F), 4) == "1e-04");  // it is 9.99999974738e-05
}

TEST_CASE("shortest float: the digits of narrow formats are enough for their width")
{
    CHECK(shortest_float(static_cast<double>(0.1F), 4) == "0.1");
    CHECK(shortest_float(static_cast<double>(16777216.0F), 4) == "16777216.0");
    CHECK(shortest_float(static_cast<double>(1e-45F), 4) == "1e-45");
    CHECK(shortest_float(0.0999755859375, 2) == "0.1");          // 0x2e66
    CHECK(shortest_float(65504.0, 2) == "65500.0");              // the largest
    CHECK(shortest_float(5.960464477539063e-08, 2) == "6e-08");  // the smallest
    CHECK(shortest_float(0.333251953125, 2) == "0.3333");        // 0x3555
}

TEST_CASE("shortest float: what is not finite has a name")
{
    auto const inf = std::numeric_limits<double>::infinity();
    CHECK(shortest_float(inf, 8) == "inf");
    CHECK(shortest_float(-inf, 4) == "-inf");
    CHECK(shortest_float(std::numeric_limits<double>::quiet_NaN(), 2) == "nan");
}
