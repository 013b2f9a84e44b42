#include "memory_files.hpp"
#include "sample_file.hpp"
#include "walked_file.hpp"

#include <lindi/node/members.hpp>

#include <doctest/doctest.h>

#include <cstdio>

using namespace lindi;
using namespace lindi::node;
using namespace lindi::test;

namespace {

constexpr std::size_t member_size = 700;

std::string name_of(std::size_t number)
{
    char name[32];
    std::snprintf(name, sizeof(name), "v2-%03zu.h5", number);
    return name;
}

/// A sample file cut into members "v2-000.h5", "v2-001.h5", ...
memory_files cut(bytes const& whole)
{
    memory_files out;
    for (std::size_t begin = 0; begin < whole.size(); begin += member_size) {
        auto const from = whole.begin() + static_cast<std::ptrdiff_t>(begin);
        auto const size = std::min(member_size, whole.size() - begin);
        out.content[name_of(begin / member_size)].assign(
            from, from + static_cast<std::ptrdiff_t>(size)
        );
    }
    return out;
}

result<joined_members> join(
    memory_files& files,
    std::string const& pattern = {},
    std::string const& name = "v2-000.h5",
    limits const& max = {}
)
{
    auto first = std::make_shared<io::memory_source>(name, files.content.at(name));
    return join_members(first, name, pattern, files, max);
}

bytes content_of(io::source& from)
{
    bytes out;
    from.fetch({{0, from.size()}}, [&](io::answers got) {
        REQUIRE(got[0].has_value());
        out.assign(got[0]->view.bytes.begin(), got[0]->view.bytes.end());
    });
    return out;
}

}  // namespace

TEST_CASE("members: a family whose first file says nothing is found by its names")
{
    auto const whole = sample_file("old");
    for (std::string const& pattern : {std::string(), std::string("v2-%03d.h5")}) {
        CAPTURE(pattern);
        auto files = cut(whole);
        auto const joined = join(files, pattern);
        REQUIRE(joined.has_value());
        REQUIRE(joined->source);
        CHECK(joined->problems.empty());
        CHECK(joined->source->stored_size() == whole.size());
        CHECK(content_of(*joined->source) == whole);
        walked_file const read(*joined->source);
        CHECK(read.opened().has_value());
        CHECK(read.problems().empty());
    }
}

TEST_CASE("members: an ordinary file is not looked for others, whatever its name")
{
    memory_files files;
    files.content["v2-000.h5"] = sample_file("old");
    files.content["v2-001.h5"] = sample_file("latest");
    auto const joined = join(files);
    REQUIRE(joined.has_value());
    CHECK_FALSE(joined->source);
    CHECK(files.asked.empty());
}

TEST_CASE("members: what is no HDF5 file, or has no neighbours, is not one of several")
{
    memory_files files;
    files.content["v2-000.h5"] = bytes(1000, std::byte{7});
    CHECK_FALSE(join(files)->source);
    CHECK(files.asked.empty());
    files = cut(sample_file("old"));
    files.content.erase("v2-001.h5");
    auto const alone = join(files);
    CHECK_FALSE(alone->source);
    CHECK(alone->problems.empty());
}

TEST_CASE("members: a neighbour with a superblock of its own is no member, unless it is named")
{
    auto files = cut(sample_file("old"));
    files.content["v2-001.h5"] = sample_file("latest");
    CHECK_FALSE(join(files)->source);
    CHECK(join(files, "v2-%03d.h5")->source);
}

TEST_CASE("members: one that may not be opened is a problem when guessed, an error when certain")
{
    auto files = cut(sample_file("old"));
    files.broken["v2-001.h5"] = error(errc::unsupported, error::nowhere, "other file", "a link");
    auto const guessed = join(files);
    REQUIRE(guessed.has_value());
    CHECK_FALSE(guessed->source);
    REQUIRE(guessed->problems.size() == 1);
    CHECK(guessed->problems[0].code() == errc::unsupported);
    CHECK(join(files, "v2-%03d.h5").error().code() == errc::unsupported);
    files = cut(sample_file("old"));
    files.broken["v2-002.h5"] = error(errc::unsupported, error::nowhere, "other file", "a link");
    CHECK(join(files).error().code() == errc::unsupported);
}

TEST_CASE("members: the family ends before the first that is missing, and its number is limited")
{
    auto files = cut(sample_file("old"));
    files.content.erase("v2-003.h5");
    auto const joined = join(files);
    CHECK(joined->source->size() == 3 * member_size);
    limits few;
    few.other_files = 1;
    CHECK(join(files, {}, "v2-000.h5", few).error().code() == errc::too_large);
}

TEST_CASE("members: a short one leaves a gap that cannot be read")
{
    auto files = cut(sample_file("old"));
    files.content["v2-001.h5"].resize(100);
    auto const joined = join(files);
    CHECK(joined->source->end_of(0) == member_size + 100);
    CHECK(joined->source->end_of(member_size + 100) == member_size + 100);
    CHECK(joined->source->end_of(2 * member_size) > 2 * member_size);
}

TEST_CASE("members: patterns need one number, and give the first file its name")
{
    auto files = cut(sample_file("old"));
    for (auto const* const pattern :
         {"v2-000.h5",
          "%d-%d",
          "v2-%s.h5",
          "v2-%3d.h5",
          "v2-%0999d.h5",
          "%",
          "v2-%d.h5",
          "x%03d.h5"}) {
        CAPTURE(pattern);
        CHECK(join(files, pattern).error().code() == errc::bad_value);
    }
    CHECK(join(files, "v2-%003d.h5").has_value());
}
