#include <lindi/dandi/filter.hpp>

#include <doctest/doctest.h>

using namespace lindi::dandi;

TEST_CASE("glob: * is any text with slashes, the rest is itself, without case")
{
    // As dandi-archive does it: dandiapi/api/views/asset.py makes a regular expression of it.
    CHECK(matches_glob("*.nwb", "sub-1/a.nwb"));
    CHECK(matches_glob("*.nwb", "A.NWB"));
    CHECK(matches_glob("sub-*/*_ecephys.nwb", "sub-1/ses/x_ecephys.nwb"));
    CHECK(matches_glob("*", ""));
    CHECK(matches_glob("a**b", "ab"));
    CHECK(matches_glob("a*b*c", "a-b-b-c"));
    CHECK_FALSE(matches_glob("*.nwb", "a.nwb.lindi.json"));
    CHECK_FALSE(matches_glob("?.nwb", "a.nwb"));
    CHECK_FALSE(matches_glob("", "a"));
    CHECK_FALSE(matches_glob("a*b", "a-c"));
}

TEST_CASE("filter: size and date, as far as they are known")
{
    asset one;
    one.path = "a.nwb";
    one.size = 100;
    one.modified = "2021-07-02T00:00:00Z";
    CHECK(asset_filter{}.wants(one));
    CHECK(asset_filter{.least_size = 100, .most_size = 100}.wants(one));
    CHECK_FALSE(asset_filter{.least_size = 101}.wants(one));
    CHECK_FALSE(asset_filter{.most_size = 99}.wants(one));
    CHECK(asset_filter{.modified_since = "2021-07-02"}.wants(one));
    CHECK_FALSE(asset_filter{.modified_since = "2021-07-03"}.wants(one));
    one.size.reset();
    one.modified.clear();
    CHECK(asset_filter{.least_size = 101, .modified_since = "2021-07-03"}.wants(one));
}
