#include <lindi/lindi/problems.hpp>

#include <doctest/doctest.h>

using namespace lindi;

TEST_CASE("problems: a line names path and reason, whatever bytes the path has")
{
    rfs::problem_list problems(false);
    problems.add("/a\xff", "left out");
    problems.add("whole line");
    CHECK(problems.lines() == std::vector<std::string>{"/a\\xff: left out", "whole line"});
    CHECK(problems.go_on());
}

TEST_CASE("problems: beyond ten thousand they are only counted")
{
    rfs::problem_list problems(false);
    for (int i = 0; i < 10'007; ++i)
        problems.add("/x", "y");
    auto const lines = problems.lines();
    CHECK(lines.size() == 10'001);
    CHECK(lines.back() == "and 7 more problems");
}

TEST_CASE("problems: in strict mode the first one ends the work")
{
    rfs::problem_list problems(true);
    CHECK(problems.go_on());
    problems.add("/x", "left out: opaque bytes");
    problems.add("/y", "another");
    CHECK_FALSE(problems.go_on());
    CHECK(problems.failure().code() == errc::unsupported);
    CHECK(problems.failure().detail() == "/x: left out: opaque bytes");
}
