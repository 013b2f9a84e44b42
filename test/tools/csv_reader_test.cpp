#include "csv_reader.hpp"

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::tools;

namespace {

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("CSV: numbers, with a first line of names passed over")
{
    auto const table = read_csv("time,\"v, mV\"\r\n1,2.5\r\n+3,\r\n\r\n4,1e-3\n", false).value();
    CHECK(table.rows == 3);
    CHECK(table.columns == 2);
    CHECK(table.fields == texts{"1", "2.5", "3", "NaN", "4", "1e-3"});
    CHECK_FALSE(table.all_whole);
    CHECK(read_csv("1\n2\n-3", false).value().all_whole);
    CHECK(
        read_csv(".5\n5.\nInf\n-inf\nnan\n", false).value().fields ==
        texts{"0.5", "5", "Infinity", "-Infinity", "NaN"}
    );
}

TEST_CASE("CSV: texts, quoted or not")
{
    auto const table = read_csv("name\n\"a \"\"b\"\"\nc\"\n\n", true).value();
    CHECK(table.fields == texts{"name", "a \"b\"\nc", ""});
}

TEST_CASE("CSV: what is no table is refused, with the line")
{
    auto const why = [](char const* text) { return read_csv(text, false).error().message(); };
    CHECK(why("").find("no rows") != std::string::npos);
    CHECK(why("names,only\n").find("no rows") != std::string::npos);
    CHECK(why("1,2\n3\n").find("line 2") != std::string::npos);
    CHECK(why("1\nx\n").find("line 2") != std::string::npos);
    CHECK(why("1\n1e999\n").find("line 2") != std::string::npos);
    CHECK(why("1\n\"2").find("quote") != std::string::npos);
}
