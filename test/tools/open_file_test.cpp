#include "open_file.hpp"
#include "run_command.hpp"

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::tools;

TEST_CASE("open file: pipes, devices and folders are refused at once")
{
    CHECK(open_file::open("/dev/zero").error().code() == errc::unsupported);
    CHECK(open_file::open("/").error().code() == std::errc::is_a_directory);
    CHECK(open_file::open("/no/such/file").error().code() == std::errc::no_such_file_or_directory);
}

TEST_CASE("open file: the structure is read on request")
{
    auto const opened = open_file::open(sample);
    REQUIRE(opened.has_value());
    CHECK((*opened)->graph().objects.empty());
    REQUIRE((*opened)->read_graph({}).has_value());
    CHECK((*opened)->graph().root != node::no_object);
}
