#include <lindi/bulk/output.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::bulk;

namespace {

dandi::asset archived()
{
    dandi::asset out;
    out.id = "4f65a9b1-0c5c-4f4e-9f3a-0c5cbd5d1a11";
    out.dandiset = "000003";
    out.version = "draft";
    out.path = "sub-1/a.nwb";
    return out;
}

}  // namespace

TEST_CASE("layout: where Neurosift looks")
{
    // neurosift/src/pages/NwbPage/hdf5Interface.ts, tryGetLindiUrl
    auto const usual = output_layout::usual("dandi");
    CHECK(
        usual.document(archived()) ==
        "dandi/dandisets/000003/assets/4f65a9b1-0c5c-4f4e-9f3a-0c5cbd5d1a11/nwb.lindi.json"
    );
    CHECK(
        usual.info(archived()) ==
        "dandi/dandisets/000003/assets/4f65a9b1-0c5c-4f4e-9f3a-0c5cbd5d1a11/info.json"
    );
}

TEST_CASE("layout: outside of archives the path, and never out of the folder")
{
    auto const usual = output_layout::usual("dandi");
    dandi::asset one;
    one.path = "../../etc/./pass\nwd/a.nwb";
    CHECK(usual.document(one) == "_/_/etc/_/pass_wd/a.nwb.lindi.json");
    CHECK(usual.info(one).empty());
    one.path = "";
    CHECK(usual.document(one) == "_.lindi.json");
}

TEST_CASE("layout: templates")
{
    auto const made = output_layout::parse("{instance}/{dandiset}/{version}/{path}.json", "dandi");
    REQUIRE(made.has_value());
    CHECK(made->document(archived()) == "dandi/000003/draft/sub-1/a.nwb.json");
    CHECK(
        output_layout::parse("{asset}/{name}", "dandi")->document(archived()) ==
        "4f65a9b1-0c5c-4f4e-9f3a-0c5cbd5d1a11/a"
    );
    for (auto const* const bad : {"{asset}/{unknown}", "../{asset}", "/{asset}", "{dandiset}", "a"})
        CHECK(output_layout::parse(bad, "dandi").error().code() == errc::bad_value);
}
