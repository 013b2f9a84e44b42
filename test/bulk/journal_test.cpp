#include "scratch_folder.hpp"

#include <lindi/bulk/journal.hpp>
#include <lindi/bulk/summary.hpp>

#include <doctest/doctest.h>

#include <fstream>

using namespace lindi;
using namespace lindi::bulk;

namespace {

blob_record full_blob()
{
    blob_record out;
    out.state = blob_state::failed;
    out.version = "dandi:dandi-etag:abc 7 ";
    out.recipe = "0.1.0 5000";
    out.attempts = 2;
    out.interruptions = 3;
    out.kind = failure_kind::not_hdf5;
    out.cause = "superblock at 0x0: \"quoted\" \xc3\xa9";
    out.ended = 1'790'000'000;
    out.seconds = 1.5;
    out.bytes = 12'345'678'901;
    out.requests = 17;
    out.document = "000003/x";
    out.document_bytes = 100;
    out.head_bytes = 90;
    out.reference = "https://example.org/a?b=c";
    out.content = {300, {{"NWBFile", 1}, {"ElectricalSeries", 2}}, {"/a: left out", "/b: too"}};
    return out;
}

asset_record full_asset()
{
    asset_record out;
    out.is.id = "x";
    out.is.dandiset = "000003";
    out.is.version = "draft";
    out.is.path = "sub-1/a.nwb";
    out.is.url = "https://example.org/a";
    out.is.reference = "https://example.org/r";
    out.is.blob = "bb";
    out.is.download = "https://example.org/api/assets/x/download/";
    out.is.size = 7;
    out.is.modified = "2021-07-02T00:00:00Z";
    out.is.digest = "dandi:dandi-etag:abc";
    out.is.embargoed = true;
    out.part = "dandi/000003";
    out.number = 5;
    out.listed = 6;
    out.gone = true;
    out.written = "version\nrecipe";
    return out;
}

std::shared_ptr<journal> open(test::scratch_folder const& in)
{
    auto made = journal::open(in.file("journal"));
    REQUIRE_MESSAGE(made.has_value(), made.error().message());
    return *made;
}

}  // namespace

TEST_CASE("records: everything comes back as it was")
{
    CHECK(*decode_blob_record(encode(full_blob())) == full_blob());
    CHECK(*decode_blob_record(encode(blob_record{})) == blob_record{});
    CHECK(*decode_asset_record(encode(full_asset())) == full_asset());
    CHECK(*decode_asset_record(encode(asset_record{})) == asset_record{});
    CHECK(decode_blob_record("{").error().code() == errc::bad_value);
    CHECK(decode_asset_record("[]").error().code() == errc::bad_value);
}

TEST_CASE("records: keys fit, and differ where assets do")
{
    dandi::asset one;
    one.dandiset = "000003";
    one.id = "x";
    CHECK(key_of(one) == "000003/x");
    one.url = "https://example.org/" + std::string(2000, 'a');
    auto other = one;
    other.url += "b";
    CHECK(blob_key_of(one).size() <= 511);
    CHECK(blob_key_of(one) != blob_key_of(other));
    one.blob = other.blob = "bb";
    CHECK(blob_key_of(one) == blob_key_of(other));
    // The published test vector of FNV-1a, 64 bits, for "foobar".
    CHECK(stable_hash("foobar") == 0x85944171f73967e8);
}

TEST_CASE("journal: what was changed is there when it is opened again")
{
    test::scratch_folder const folder;
    {
        auto const in = open(folder);
        REQUIRE(in->change([](journal::changes& to) {
                      to.put("b", full_blob());
                      to.put("a", full_asset());
                      to.put_fact("listing", "7");
                      CHECK(to.asset("a") == full_asset());
                  }).has_value());
    }
    auto const in = open(folder);
    CHECK(in->blob("b") == full_blob());
    CHECK(in->asset("a") == full_asset());
    CHECK(in->fact("listing") == "7");
    CHECK_FALSE(in->blob("c").has_value());
    int count = 0;
    in->each_blob([&](std::string const& key, blob_record const&) { count += key == "b" ? 1 : 9; });
    CHECK(count == 1);
}

TEST_CASE("journal: one at a time has it; and there must be one to look at")
{
    test::scratch_folder const folder;
    auto const first = open(folder);
    CHECK(journal::open(folder.file("journal")).error().code() == errc::io);
    CHECK(journal::open(folder.file("other"), false).error().code() == errc::not_found);
    std::filesystem::create_directories(folder.file("broken"));
    std::ofstream(folder.file("broken/data.mdb")) << std::string(10'000, 'x');
    CHECK(journal::open(folder.file("broken")).error().code() == errc::io);
}

TEST_CASE("journal: merged, what was done later counts")
{
    test::scratch_folder const folder;
    auto const into = *journal::open(folder.file("one"));
    auto const from = *journal::open(folder.file("two"));
    auto early = full_blob();
    early.ended = 1;
    auto late = full_blob();
    late.ended = 2;
    late.state = blob_state::done;
    REQUIRE(into->change([&](journal::changes& to) {
                    to.put("both", early);
                    to.put("only", early);
                }
    ).has_value());
    REQUIRE(from->change([&](journal::changes& to) {
                    to.put("both", late);
                    to.put("a", full_asset());
                }
    ).has_value());
    REQUIRE(merge_journal(*into, *from).has_value());
    CHECK(into->blob("both") == late);
    CHECK(into->blob("only") == early);
    CHECK(into->asset("a") == full_asset());
}
