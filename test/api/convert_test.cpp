#include "hex.hpp"
#include "types.hpp"

#include <lindi/api/convert.hpp>

#include <doctest/doctest.h>

#include <limits>

namespace lindi {
namespace {

using hdf5::byte_order;
using test::hex;
using test::integer;

std::vector<std::string> const no_paths;
node::graph const no_graph;

elements_view view(test::type_ptr const& type, bytes const& elements)
{
    return {*type, elements, no_graph, no_paths};
}

template <class T>
result<T> one(test::type_ptr const& type, bytes const& element)
{
    T out{};
    auto const done = convert(view(type, element), std::span<T>(&out, 1));
    if (!done)
        return done.error();
    return out;
}

template <class T>
void check_refused(test::type_ptr const& type, char const* element)
{
    CAPTURE(element);
    auto const out = one<T>(type, hex(element));
    REQUIRE(out.has_error());
    CHECK(out.error().code() == errc::bad_value);
}

TEST_CASE("convert: integers of any layout are exact")
{
    // numpy: np.array(x, dtype).tobytes()
    CHECK(*one<std::int64_t>(integer(2, true, byte_order::big), hex("ff fe")) == -2);
    CHECK(*one<std::int8_t>(integer(8), hex("80 ff ff ff ff ff ff ff")) == -128);
    CHECK(*one<std::uint8_t>(integer(8), hex("ff 00 00 00 00 00 00 00")) == 255);
    CHECK(*one<std::uint64_t>(integer(8, false), hex("ff ff ff ff ff ff ff ff")) == ~0ull);
    CHECK(*one<double>(integer(4), hex("fe ff ff ff")) == -2.0);
    CHECK(*one<bool>(test::boolean(), hex("01")));
    CHECK(*one<int>(test::boolean(), hex("01")) == 1);
}

TEST_CASE("convert: what does not fit is refused, not cut")
{
    check_refused<std::int8_t>(integer(2), "80 00");
    check_refused<std::uint8_t>(integer(2), "00 01");
    check_refused<std::uint64_t>(integer(1), "ff");
    check_refused<std::int64_t>(integer(8, false), "00 00 00 00 00 00 00 80");
    check_refused<bool>(integer(1), "02");
    check_refused<int>(test::variable_string(), "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
}

TEST_CASE("convert: floating-point numbers become integers only when they are whole")
{
    auto const f8 = test::floating(8);
    CHECK(*one<int>(f8, hex("00 00 00 00 00 00 08 40")) == 3);
    CHECK(*one<float>(f8, hex("00 00 00 00 00 00 f8 3f")) == 1.5F);
    check_refused<int>(f8, "00 00 00 00 00 00 f8 3f");            // 1.5
    check_refused<int>(f8, "00 00 00 00 00 00 f8 7f");            // NaN
    check_refused<std::int64_t>(f8, "00 00 00 00 00 00 e0 43");   // 2^63
    check_refused<std::uint64_t>(f8, "00 00 00 00 00 00 f0 43");  // 2^64
    check_refused<unsigned>(f8, "00 00 00 00 00 00 f0 bf");       // -1
    check_refused<float>(f8, "00 00 00 00 00 00 e0 7f");          // 2^1023
    CHECK(
        *one<std::int64_t>(f8, hex("00 00 00 00 00 00 e0 c3")) ==
        std::numeric_limits<std::int64_t>::min()
    );
    CHECK(
        *one<float>(f8, hex("00 00 00 00 00 00 f0 7f")) == std::numeric_limits<float>::infinity()
    );
}

TEST_CASE("convert: an error names the element")
{
    std::vector<std::int8_t> out(3);
    auto const done =
        convert(view(integer(2), hex("01 00 02 00 00 01")), std::span<std::int8_t>(out));
    REQUIRE(done.has_error());
    CHECK(done.error().message().starts_with("element 2: "));
}

TEST_CASE("convert: arrays in elements, fixed texts")
{
    auto const pair = test::array_of(integer(2), {2});
    std::vector<std::vector<int>> out(2);
    REQUIRE(convert(view(pair, hex("01 00 02 00 03 00 04 00")), std::span(out)).has_value());
    CHECK(out == std::vector<std::vector<int>>{{1, 2}, {3, 4}});
    std::vector<std::vector<int>> none(2);
    CHECK(convert(view(integer(4), hex("01 00 02 00 03 00 04 00")), std::span(none)).has_error());
}

}  // namespace
}  // namespace lindi
