#include "dandi_archive.hpp"

#include <lindi/dandi/archive.hpp>
#include <lindi/net/client_thread.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace lindi;
using namespace lindi::dandi;
using namespace lindi::test;

namespace {

/// Three dandisets: a draft of 2,500 assets; one published twice; one under embargo.
struct three_dandisets {
    explicit three_dandisets(archive_options options = {})
        : archive(std::move(options), make(), {{"b10b0000-0000-4000-8000-000000000001", {}}})
    {}

    static std::vector<archive_dandiset> make()
    {
        std::string const blob = "b10b0000-0000-4000-8000-000000000001";
        std::vector<archive_dandiset> out(3);
        out[0] = {"000001", false, {{"draft", {}}}};
        for (std::size_t i = 0; i < 2500; ++i)
            out[0].versions[0].assets.push_back(
                {made_up_id(0x10000, i), "a/" + std::to_string(i) + ".nwb", blob}
            );
        out[0].versions[0].assets.push_back({made_up_id(0x20000, 0), "a/video.mp4", blob});
        out[1] = {
            "000002",
            false,
            {{"draft",
              {{made_up_id(0x30000, 2), "x.nwb", blob}, {made_up_id(0x30000, 3), "y.zarr", ""}}},
             {"0.210101.0001", {{made_up_id(0x30000, 0), "x.nwb", blob}}},
             {"0.220202.0002",
              {{made_up_id(0x30000, 1), "x.nwb", blob}, {made_up_id(0x30000, 2), "z.nwb", blob}}}}};
        out[2] = {"000003", true, {{"draft", {{made_up_id(0x40000, 0), "secret.nwb", blob}}}}};
        return out;
    }

    instance here() const { return {"dandi", archive.api(), archive.bucket()}; }

    dandi_archive archive;
};

std::shared_ptr<net::client_thread> make_client()
{
    net::client_options options;
    options.retry.first_delay = net::milliseconds(1);
    options.retry.longest_delay = net::milliseconds(2);
    auto made = net::client_thread::start(std::move(options));
    REQUIRE(made.has_value());
    return *made;
}

struct listed {
    std::vector<asset> assets{};
    std::vector<error> problems{};
};

listed list_all(asset_source& from)
{
    listed out;
    auto const parts = from.parts();
    REQUIRE_MESSAGE(parts.has_value(), parts.error().message());
    for (auto const& part : *parts) {
        auto const done = part.list([&](asset one) -> result<void> {
            out.assets.push_back(std::move(one));
            return {};
        });
        if (!done)
            out.problems.push_back(done.error());
    }
    return out;
}

std::size_t distinct_ids(listed const& all)
{
    std::set<std::string> ids;
    for (auto const& one : all.assets)
        ids.insert(one.id);
    return ids.size();
}

}  // namespace

TEST_CASE("archive: all open dandisets, page by page, the latest version of each")
{
    three_dandisets const has;
    auto const source = archive_of(has.here(), {}, documents_of(make_client()));
    auto const all = list_all(*source);
    CHECK(all.problems.empty());
    CHECK(all.assets.size() == 2502);
    CHECK(distinct_ids(all) == 2502);
    auto const& one = all.assets.front();
    CHECK(one.dandiset == "000001");
    CHECK(one.version == "draft");
    CHECK(one.download == has.archive.api() + "/assets/" + one.id + "/download/");
    CHECK(one.url == has.archive.bucket() + "/blobs/b10/b00/b10b0000-0000-4000-8000-000000000001");
    CHECK(all.assets.back().version == "0.220202.0002");
}

TEST_CASE("archive: one version of one dandiset, or all of them, each asset once")
{
    three_dandisets const has;
    auto const count = [&](std::string version) {
        archive_query query;
        query.dandisets = {"000002"};
        query.version = std::move(version);
        return list_all(*archive_of(has.here(), query, documents_of(make_client()))).assets.size();
    };
    CHECK(count("draft") == 1);
    CHECK(count("0.210101.0001") == 1);
    CHECK(count("latest") == 2);
    CHECK(count("all") == 3);
}

TEST_CASE("archive: pages that move are listed again, until every row came")
{
    three_dandisets const has({.moves_pages = true});
    auto const all = list_all(*archive_of(has.here(), {}, documents_of(make_client())));
    CHECK(all.problems.empty());
    CHECK(distinct_ids(all) == 2502);
    CHECK(all.assets.size() == 2502);
}

TEST_CASE("archive: failures and web pages in between lose nothing")
{
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        three_dandisets const has({.failing = 0.2, .seed = seed});
        archive_query query;
        query.page_size = 100;
        auto const all = list_all(*archive_of(has.here(), query, documents_of(make_client())));
        CHECK(has.archive.failures() > 0);
        CHECK(all.problems.empty());
        CHECK(all.assets.size() == 2502);
    }
}

TEST_CASE("archive: without a token an embargoed dandiset is a problem of its own")
{
    three_dandisets const has;
    archive_query query;
    query.embargoed = true;
    query.version = "draft";
    auto const all = list_all(*archive_of(has.here(), query, documents_of(make_client())));
    CHECK(all.assets.size() == 2501);
    REQUIRE(all.problems.size() == 1);
    CHECK(all.problems[0].code() == std::errc::permission_denied);
    CHECK(all.problems[0].message().find("000003") != std::string::npos);
}

TEST_CASE("archive: no such dandiset, and a server that is none")
{
    three_dandisets const has;
    archive_query query;
    query.dandisets = {"999999"};
    auto const parts = archive_of(has.here(), query, documents_of(make_client()))->parts();
    CHECK(parts.error().code() == errc::not_found);
}

TEST_CASE("manifests: the same assets without the API")
{
    three_dandisets const has;
    auto const client = make_client();
    archive_query query;
    query.dandisets = {"000001", "000002"};
    auto by_api = list_all(*archive_of(has.here(), query, documents_of(client)));
    auto by_bucket = list_all(*manifests_of(has.here(), query, documents_of(client)));
    CHECK(by_bucket.problems.empty());
    REQUIRE(by_api.assets.size() == by_bucket.assets.size());
    for (auto* const all : {&by_api, &by_bucket})
        std::sort(all->assets.begin(), all->assets.end(), [](auto const& a, auto const& b) {
            return a.id < b.id;
        });
    for (std::size_t i = 0; i < by_api.assets.size(); ++i) {
        // Only the manifest tells digests.
        by_bucket.assets[i].digest.clear();
        CHECK(by_api.assets[i] == by_bucket.assets[i]);
    }
}

TEST_CASE("manifests: dandisets are found in the bucket; what may not be read is a problem")
{
    three_dandisets const has;
    archive_query query;
    query.version = "draft";
    auto const all = list_all(*manifests_of(has.here(), query, documents_of(make_client())));
    CHECK(all.assets.size() == 2501);
    REQUIRE(all.problems.size() == 1);
    CHECK(all.problems[0].code() == std::errc::permission_denied);
}

TEST_CASE("instance: known names, URLs, and nothing else")
{
    CHECK(instance_of("dandi")->api == "https://api.dandiarchive.org/api");
    CHECK(instance_of("sandbox")->name == "dandi-staging");
    CHECK(instance_of("https://example.org/api/")->api == "https://example.org/api");
    CHECK(instance_of("dandy").error().code() == errc::bad_value);
    CHECK(instance_of("ftp://example.org").has_error());
}
