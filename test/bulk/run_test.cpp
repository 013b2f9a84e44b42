#include "dandi_archive.hpp"
#include "scratch_folder.hpp"

#include <lindi/bulk/run.hpp>
#include <lindi/bulk/summary.hpp>
#include <lindi/dandi/archive.hpp>
#include <lindi/net/client_thread.hpp>

#include <boost/json/parse.hpp>
#include <doctest/doctest.h>

#include <fstream>

using namespace lindi;
using namespace lindi::bulk;
using namespace lindi::test;

namespace {

std::string read_file(std::string const& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

bytes sample()
{
    auto const text = read_file(TEST_DATA "/sample.nwb");
    return {as_bytes(text).begin(), as_bytes(text).end()};
}

/// A job on an archive, as `lindi bulk run` does it.
class job {
public:
    explicit job(archive_shape const& shape, archive_options options = {})
        : file_(sample()), archive_(start(shape, std::move(options)))
    {
        net::client_options quick;
        quick.retry.attempts = 4;
        quick.retry.first_delay = net::milliseconds(1);
        quick.retry.longest_delay = net::milliseconds(2);
        client_ = *net::client_thread::start(quick);
        how.at_once = 4;
        how.first_delay = std::chrono::milliseconds(1);
    }

    run_totals run(stop_wish const& stop = [] { return false; })
    {
        auto const in = *journal::open(folder.file("journal"));
        REQUIRE(settle_interrupted(*in).has_value());
        dandi::archive_query query;
        query.version = "draft";
        auto const source = dandi::archive_of(
            {"dandi", archive_->api(), bucket_is_known ? archive_->bucket() : ""},
            query,
            dandi::documents_of(client_)
        );
        auto const listed = take_listing(
            *in, *source, {}, 2, [] { return false; }, [](auto) {}
        );
        REQUIRE_MESSAGE(listed.has_value(), listed.error().message());
        auto plan = make_plan(*in, how.indexing.recipe(), unit_order::fair);
        auto const output = folder_output(folder.file("out"));
        auto const layout = output_layout::usual("dandi");
        events.clear();
        auto const done = bulk::run(
            {*in, *output, layout, client_.get(), folder.file("spool")},
            std::move(plan.units),
            how,
            stop,
            [this](run_event const& event) { events.push_back(event); }
        );
        REQUIRE_MESSAGE(done.has_value(), done.error().message());
        summary = summarize(*in);
        return *done;
    }

    dandi_archive& archive() { return *archive_; }
    std::size_t count(run_event::what is) const
    {
        return static_cast<std::size_t>(
            std::count_if(events.begin(), events.end(), [&](auto const& e) { return e.is == is; })
        );
    }
    /// Of an asset, without times and the server's port.
    std::string document(std::string const& id) const
    {
        for (auto const& entry :
             std::filesystem::recursive_directory_iterator(folder.file("out"))) {
            auto const path = entry.path().string();
            if (path.ends_with(id + "/nwb.lindi.json"))
                return without_times(read_file(path));
        }
        return {};
    }
    std::size_t documents() const
    {
        std::size_t out = 0;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(folder.file("out")))
            out += entry.path().filename() == "nwb.lindi.json" ? 1 : 0;
        return out;
    }

    scratch_folder folder;
    run_options how;
    bool bucket_is_known = true;
    std::vector<run_event> events;
    job_summary summary;

private:
    std::unique_ptr<dandi_archive> start(archive_shape const& shape, archive_options options)
    {
        auto made = make_archive(shape, file_);
        return std::make_unique<dandi_archive>(
            std::move(options), std::move(made.dandisets), std::move(made.blobs)
        );
    }
    /// Every run of digits and separators that follows `before` becomes "*".
    static void blank(std::string& text, std::string_view before)
    {
        for (auto at = text.find(before); at != text.npos; at = text.find(before, at)) {
            at += before.size();
            auto const end = std::min(text.find_first_not_of("0123456789-:.TZ", at), text.size());
            text.replace(at, end - at, "*");
        }
    }
    static std::string without_times(std::string text)
    {
        blank(text, "127.0.0.1:");
        blank(text, "\"generationTimestamp\":\"");
        blank(text, "\"generationDuration\":\"");
        return text;
    }

    bytes file_;
    std::unique_ptr<dandi_archive> archive_;
    std::shared_ptr<net::client_thread> client_;
};

std::string asset_id(std::uint64_t number)
{
    return made_up_id(0xa55e0000, number);
}

}  // namespace

TEST_CASE("bulk run: every asset gets its document, each blob is read once")
{
    job j({.assets = 20, .dandisets = 3, .shares = true});
    auto const totals = j.run();
    CHECK(totals.assets_done == 20);
    CHECK(totals.blobs_done == 12);
    CHECK(totals.assets_failed == 0);
    CHECK(j.documents() == 20);
    CHECK(j.count(run_event::what::done) == 12);

    // The fourth asset has the blob of the first.
    auto const one = boost::json::parse(j.document(asset_id(0))).as_object();
    auto const two = boost::json::parse(j.document(asset_id(3))).as_object();
    CHECK(one.at("refs") == two.at("refs"));
    CHECK(one.at("templates") == two.at("templates"));
    auto const& metadata = two.at("generationMetadata").as_object();
    CHECK(metadata.at("assetId").as_string() == asset_id(3).c_str());
    CHECK(
        one.at("generationMetadata").as_object().at("assetId").as_string() == asset_id(0).c_str()
    );
    CHECK(metadata.at("blobId") == one.at("generationMetadata").as_object().at("blobId"));
    CHECK(metadata.at("generatedBy").as_string() == "lindi bulk");

    // Nothing is left to do.
    auto const requests = j.archive().server().requests().size();
    CHECK(j.run().blobs_done == 0);
    for (auto i = requests; i < j.archive().server().requests().size(); ++i)
        CHECK(j.archive().server().requests()[i].target.starts_with("/api/"));
}

TEST_CASE("bulk run: ten ways of being broken, each by its name, and everything else done")
{
    job j({.assets = 40, .dandisets = 2, .broken_in_thousand = 250});
    auto const totals = j.run();
    CHECK(totals.blobs_failed == 10);
    CHECK(totals.assets_done == 30);
    auto const failed = [&](failure_kind kind) {
        return j.summary.failures[static_cast<std::size_t>(kind)];
    };
    CHECK(failed(failure_kind::not_hdf5) == 2);  // empty, and a text
    CHECK(failed(failure_kind::truncated) == 1);
    CHECK(failed(failure_kind::missing) == 1);
    CHECK(failed(failure_kind::forbidden) == 1);
    CHECK(failed(failure_kind::http_4xx) == 1);
    CHECK(failed(failure_kind::http_5xx) == 1);
    CHECK(failed(failure_kind::network) == 1);
    CHECK(failed(failure_kind::unsupported) == 1);
    CHECK(failed(failure_kind::damaged) == 1);
}

TEST_CASE("bulk run: requests that fail change nothing in the outputs")
{
    job calm({.assets = 10, .dandisets = 2, .shares = true});
    calm.run();
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        job rough({.assets = 10, .dandisets = 2, .shares = true}, {.failing = 0.15, .seed = seed});
        CHECK(rough.run().assets_done == 10);
        CHECK(rough.archive().failures() > 0);
        for (std::uint64_t i = 0; i < 10; ++i)
            CHECK(rough.document(asset_id(i)) == calm.document(asset_id(i)));
    }
}

TEST_CASE("bulk run: redirects whose signature runs out are followed anew")
{
    job j({.assets = 3, .dandisets = 1}, {.first_signature_serves = 1});
    j.bucket_is_known = false;
    CHECK(j.run().assets_done == 3);
    CHECK(j.archive().expired() >= 3);
}

TEST_CASE("bulk run: a server that takes few requests at a time is not pressed")
{
    job j(
        {.assets = 12, .dandisets = 2},
        {.latency = std::chrono::milliseconds(40), .most_at_once = 3}
    );
    CHECK(j.run().assets_done == 12);
    CHECK(j.archive().throttled() > 0);
}

TEST_CASE("bulk run: references to the API are each asset's own, of one reading")
{
    job j({.assets = 5, .dandisets = 1, .shares = true});
    j.how.indexing.reference = reference_form::api;
    CHECK(j.run().blobs_done == 3);
    for (auto const number : {0U, 3U}) {
        auto const document = boost::json::parse(j.document(asset_id(number))).as_object();
        auto const expected = "http://127.0.0.1:*/api/assets/" + asset_id(number) + "/download/";
        CHECK(document.at("templates").as_object().at("u1").as_string() == expected.c_str());
    }
}

TEST_CASE("bulk run: stopped, it ends what is in work; the next run does the rest")
{
    job j({.assets = 30, .dandisets = 1}, {.latency = std::chrono::milliseconds(5)});
    auto const totals = j.run([&j] { return j.archive().served() > 25; });
    CHECK(totals.was_stopped);
    CHECK(totals.assets_done < 30);
    CHECK(j.count(run_event::what::started) == j.count(run_event::what::done));
    auto const rest = j.run();
    CHECK(totals.assets_done + rest.assets_done == 30);
    CHECK(j.documents() == 30);
}

TEST_CASE("bulk run: a new id for the same blob costs no reading; what went away is noted")
{
    job j({.assets = 4, .dandisets = 1});
    j.run();
    auto const before = j.document(asset_id(2));
    j.archive().rename(asset_id(2), "0ther");
    auto const totals = j.run();
    CHECK(totals.assets_done == 1);
    REQUIRE(j.events.size() == 2);
    CHECK(j.events[1].was_indexed);
    CHECK(j.summary.assets_gone == 1);
    auto const after = boost::json::parse(j.document("0ther")).as_object();
    CHECK(after.at("refs") == boost::json::parse(before).as_object().at("refs"));
    CHECK(after.at("generationMetadata").as_object().at("assetId").as_string() == "0ther");
}

TEST_CASE("bulk run: an index with holes that only a limit made is a failure")
{
    auto const limited = [](auto set) {
        job j({.assets = 1, .dandisets = 1});
        set(j.how.indexing);
        CHECK(j.run().blobs_failed == 1);
        CHECK(j.summary.failures[static_cast<std::size_t>(failure_kind::limit)] == 1);
        CHECK_FALSE(std::filesystem::exists(j.folder.file("out") + "/dandi"));
    };
    limited([](indexing_options& how) { how.memory = 100'000; });  // a fourth of it at first
    limited([](indexing_options& how) { how.memory = 3; });        // less than one byte for each
    limited([](indexing_options& how) { how.memory = 0; });
    limited([](indexing_options& how) { how.bytes = 40'000; });
}

TEST_CASE("bulk run: a blob for which a share of the memory does not suffice gets a larger one")
{
    job whole({.assets = 6, .dandisets = 2});
    whole.run();
    CHECK(whole.count(run_event::what::retried) == 0);
    // 600,000 bytes are enough for one. A fourth of them is not, a 64th not even for one read.
    for (auto const at_once : {4U, 64U}) {
        job j({.assets = 6, .dandisets = 2});
        j.how.at_once = at_once;
        j.how.indexing.memory = 600'000;
        CHECK(j.run().assets_done == 6);
        CHECK(j.count(run_event::what::retried) >= 6);
        CHECK(j.summary.problems == 0);
        for (std::uint64_t i = 0; i < 6; ++i)
            CHECK(j.document(asset_id(i)) == whole.document(asset_id(i)));
    }
}

TEST_CASE("bulk run: limits on one blob end that blob alone")
{
    job j({.assets = 3, .dandisets = 1});
    j.how.indexing.requests = 1;
    auto const totals = j.run();
    CHECK(totals.blobs_failed == 3);
    CHECK(j.summary.failures[static_cast<std::size_t>(failure_kind::limit)] == 3);
}
