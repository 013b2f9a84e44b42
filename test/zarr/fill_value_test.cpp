#include "hex.hpp"
#include "types.hpp"

#include <lindi/zarr/fill_value.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::test;

namespace {

result<std::string> text_of(hdf5::datatype_ptr const& type, std::string_view value)
{
    hdf5::fill_value const fill{hdf5::fill_value::state::user, {}, {}, hex(value)};
    return zarr::fill_value_text(zarr::item_type_of(type).value(), *type, fill);
}

std::string default_of(hdf5::datatype_ptr const& type)
{
    return zarr::default_fill_value(zarr::item_type_of(type).value());
}

}  // namespace

// Expected: fill_value in Python lindi's output for the oracle's case st_fillvalues.
TEST_CASE("fill value: integers keep their full range and byte order")
{
    CHECK(text_of(integer(4), "f9 ff ff ff").value() == "-7");
    CHECK(text_of(integer(8, false), "ff ff ff ff ff ff ff ff").value() == "18446744073709551615");
    CHECK(text_of(integer(4, true, hdf5::byte_order::big), "00 00 01 02").value() == "258");
    CHECK(text_of(enumeration({{"A", 0}, {"B", 1}}), "01").value() == "1");
}

TEST_CASE("fill value: floats are widened to double, what is not finite is a string")
{
    CHECK(text_of(floating(8), "9a 99 99 99 99 99 b9 3f").value() == "0.1");
    CHECK(text_of(floating(4), "cd cc cc 3d").value() == "0.10000000149011612");
    CHECK(text_of(floating(2), "66 2e").value() == "0.0999755859375");
    CHECK(text_of(floating(8), "00 00 00 00 00 00 f8 7f").value() == "\"NaN\"");
    CHECK(text_of(floating(4), "00 00 80 ff").value() == "\"-Infinity\"");
    CHECK(text_of(floating(8), "00 00 00 00 00 00 00 80").value() == "0.0");  // negative zero
}

TEST_CASE("fill value: defaults")
{
    CHECK(default_of(integer(4)) == "0");
    CHECK(default_of(floating(4)) == "0.0");
    CHECK(default_of(boolean()) == "false");
    CHECK(default_of(fixed_string(3)) == "\"\"");
    CHECK(default_of(variable_string()) == "0");
    CHECK(default_of(make_type(hdf5::type_class::opaque, 3)) == "null");
}

TEST_CASE("fill value: none and undefined ones are the default")
{
    auto const type = floating(8);
    auto const item = zarr::item_type_of(type).value();
    for (auto const status :
         {hdf5::fill_value::state::undefined, hdf5::fill_value::state::library_default}) {
        hdf5::fill_value const fill{status, {}, {}, {}};
        CHECK(zarr::fill_value_text(item, *type, fill).value() == "0.0");
    }
}

TEST_CASE("fill value: an array type's must be the same everywhere")
{
    auto const pair = array_of(integer(1), {2});
    CHECK(text_of(pair, "05 05").value() == "5");
    CHECK(text_of(pair, "05 06").error().code() == errc::unsupported);
}

TEST_CASE("fill value: types that are no numbers can only say zero")
{
    auto const opaque = make_type(hdf5::type_class::opaque, 2);
    CHECK(text_of(opaque, "00 00").value() == "null");
    CHECK(text_of(opaque, "00 01").error().code() == errc::unsupported);
}

TEST_CASE("fill value: one of another size is refused")
{
    CHECK(text_of(integer(4), "01 02").error().code() == errc::bad_value);
    CHECK(text_of(integer(4), "").error().code() == errc::bad_value);
}
