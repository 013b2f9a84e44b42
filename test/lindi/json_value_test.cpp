#include <lindi/lindi/json_value.hpp>

#include <boost/json/parse.hpp>
#include <doctest/doctest.h>

using namespace lindi;

TEST_CASE("json value: all kinds, in their order")
{
    auto const value = boost::json::parse(
        R"({"z":[1,-2,18446744073709551615,1.5,1E2,true,false,null,[]],"a":{"\u00e9":"\u00e9\n"},"b":{}})"
    );
    std::string out;
    rfs::append_json_value(out, value);
    CHECK(
        out ==
        R"({"z":[1,-2,18446744073709551615,1.5,100.0,true,false,null,[]],"a":{"\u00e9":"\u00e9\n"},"b":{}})"
    );
}
