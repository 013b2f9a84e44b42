#include "bulk_options.hpp"
#include "bulk_progress.hpp"
#include "bulk_source.hpp"
#include "http_server.hpp"
#include "run_command.hpp"

#include <lindi/net/text_server.hpp>

#include <boost/json/parse.hpp>
#include <doctest/doctest.h>

#include <map>

using namespace lindi;
using namespace lindi::tools;

namespace {

/// Two good files, and one that is none.
struct small_tree {
    small_tree()
    {
        std::filesystem::create_directories(folder / "tree/sub");
        std::filesystem::copy_file(sample, folder / "tree/a.nwb");
        std::filesystem::copy_file(sample, folder / "tree/sub/b.nwb");
        folder.add("tree/bad<&>.nwb", "no HDF5");
    }
    outcome bulk(std::string action, std::vector<std::string> args) const
    {
        args.insert(args.begin(), {std::move(action), "-o", folder / "out"});
        return run(bulk_command, args);
    }
    outcome run_tree(std::vector<std::string> args = {}) const
    {
        args.insert(args.begin(), {"--tree", folder / "tree"});
        return bulk("run", args);
    }

    scratch_folder folder;
};

net::environment variables(std::map<std::string, std::string> values)
{
    return [values = std::move(values)](char const* name) -> std::optional<std::string> {
        auto const found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    };
}

}  // namespace

TEST_CASE("bulk command: runs, says what failed, and does nothing twice")
{
    small_tree const tree;
    auto const plan = tree.bulk("plan", {"--tree", tree.folder / "tree"});
    CHECK(plan.code == exit_ok);
    CHECK(plan.out.find("to do: 3 assets, 3 blobs to index") != std::string::npos);
    auto const first = tree.run_tree({"--events", tree.folder / "events"});
    CHECK(first.code == exit_problems);
    CHECK(first.err.find("bad<&>.nwb: not-hdf5: ") != std::string::npos);
    CHECK(std::filesystem::exists(tree.folder / "out/a.nwb.lindi.json"));
    CHECK(std::filesystem::exists(tree.folder / "out/sub/b.nwb.lindi.json"));
    CHECK(line_count(read_file(tree.folder / "out/index.ndjson")) == 2);
    auto const again = tree.run_tree();
    CHECK(again.code == exit_problems);
    CHECK(again.out.find("2 done before, 1 failed before; to do: 0 assets") != std::string::npos);

    auto const status = tree.bulk("status", {});
    CHECK(has_line(status.out, "assets    3, 2 done, 0 gone"));
    CHECK(has_line(status.out, "failed    not-hdf5    1 blobs of 1 assets"));
    CHECK(line_count(tree.bulk("status", {"--failed"}).out) == 1);

    std::istringstream events(read_file(tree.folder / "events"));
    std::map<std::string, int> seen;
    for (std::string line; std::getline(events, line);)
        ++seen[boost::json::parse(line).as_object().at("event").as_string().c_str()];
    CHECK(seen == std::map<std::string, int>{{"started", 3}, {"done", 2}, {"failed", 1}});
}

TEST_CASE("bulk command: a failure is tried again when somebody wants it, by its kind")
{
    small_tree const tree;
    tree.run_tree();
    std::filesystem::copy_file(
        sample, tree.folder / "tree/bad<&>.nwb", std::filesystem::copy_options::overwrite_existing
    );
    CHECK(tree.bulk("retry", {"--kind", "missing"}).code == exit_problems);
    CHECK(tree.bulk("retry", {"--kind", "nonsense"}).code == exit_failed);
    auto const done = tree.bulk("retry", {"--kind", "not-hdf5"});
    CHECK(done.code == exit_ok);
    CHECK(std::filesystem::exists(tree.folder / "out/bad<&>.nwb.lindi.json"));
}

TEST_CASE("bulk command: a changed file is indexed again, one that went is gone")
{
    small_tree const tree;
    tree.run_tree();
    std::filesystem::last_write_time(
        tree.folder / "tree/a.nwb",
        std::filesystem::file_time_type::clock::now() + std::chrono::hours(1)
    );
    std::filesystem::remove(tree.folder / "tree/sub/b.nwb");
    auto const again = tree.run_tree();
    CHECK(again.out.find("to do: 1 assets, 1 blobs") != std::string::npos);
    CHECK(again.err.find("1 assets are not there any more") != std::string::npos);
    CHECK(tree.bulk("status", {"--gone"}).out.find("sub/b.nwb") != std::string::npos);
}

TEST_CASE("bulk command: verify finds outputs that are not whole or another's, and run makes them")
{
    small_tree const tree;
    tree.run_tree();
    CHECK(tree.bulk("verify", {}).code == exit_ok);
    auto const a = tree.folder / "out/a.nwb.lindi.json";
    auto const b = tree.folder / "out/sub/b.nwb.lindi.json";
    std::filesystem::resize_file(a, std::filesystem::file_size(a) / 2);
    std::filesystem::remove(b);
    auto const found = tree.bulk("verify", {});
    CHECK(found.code == exit_problems);
    CHECK(has_line(found.out, "2 outputs, 2 of them to make again"));
    tree.run_tree();
    CHECK(tree.bulk("verify", {}).code == exit_ok);
    std::filesystem::copy_file(a, b, std::filesystem::copy_options::overwrite_existing);
    CHECK(tree.bulk("verify", {}).err.find("another asset") != std::string::npos);
}

TEST_CASE("bulk command: the report shows failures, and no markup of theirs")
{
    small_tree const tree;
    tree.run_tree();
    auto const page = tree.bulk("report", {"--page", "-"});
    CHECK(page.code == exit_ok);
    CHECK(page.out.starts_with("<!DOCTYPE html>"));
    CHECK(page.out.find("bad&lt;&amp;&gt;.nwb") != std::string::npos);
    CHECK(page.out.find("bad<") == std::string::npos);
    CHECK(page.out.find("1 blobs, 1 assets") != std::string::npos);
    CHECK(page.out.find("http://") == std::string::npos);  // nothing from elsewhere
}

TEST_CASE("bulk command: what is not understood")
{
    scratch_folder const folder;
    auto const out = folder / "out";
    CHECK(run(bulk_command, {}).code == exit_usage);
    CHECK(run(bulk_command, {"fly"}).code == exit_usage);
    CHECK(run(bulk_command, {"run", "--all"}).code == exit_usage);
    CHECK(run(bulk_command, {"run", "-o", out}).code == exit_failed);
    CHECK(run(bulk_command, {"run", "-o", out, "--all", "--tree", "x"}).code == exit_failed);
    CHECK(
        run(bulk_command, {"run", "-o", out, "--tree", "x", "--shard", "3/2"}).code == exit_usage
    );
    CHECK(run(bulk_command, {"run", "-o", "s3://b/x", "--tree", "x"}).code == exit_failed);
    CHECK(
        run(bulk_command, {"run", "-o", out, "--tree", "x", "--order", "any"}).code == exit_usage
    );
    CHECK(run(bulk_command, {"status", "-o", folder / "nothing"}).code == exit_failed);
    CHECK(run(bulk_command, {"merge", "-o", out}).code == exit_failed);
    CHECK(run(bulk_command, {"--help"}).out.find("Example") != std::string::npos);
    for (auto const* const action : {"run", "plan", "retry", "status", "report", "verify", "merge"})
        CHECK(run(bulk_command, {action, "--help"}).out.find("Example") != std::string::npos);
}

TEST_CASE("shards: as people and as job arrays number them")
{
    CHECK(shard_of("2/4", variables({}))->index == 1);
    CHECK(shard_of("2/4", variables({}))->count == 4);
    CHECK(shard_of("", variables({}))->count == 1);
    for (auto const* const bad : {"0/4", "5/4", "1", "a/b", "1/", "/2", "-1/2"})
        CHECK(parse_shard(bad).error().code() == errc::bad_value);
    auto const slurm = shard_of(
        "",
        variables(
            {{"SLURM_ARRAY_TASK_ID", "5"},
             {"SLURM_ARRAY_TASK_MIN", "4"},
             {"SLURM_ARRAY_TASK_COUNT", "3"}}
        )
    );
    REQUIRE(slurm.has_value());
    CHECK(slurm->index == 1);
    CHECK(slurm->count == 3);
    auto const pods =
        shard_of("", variables({{"JOB_COMPLETION_INDEX", "0"}, {"JOB_COMPLETIONS", "2"}}));
    CHECK(pods->index == 0);
    CHECK(pods->count == 2);
    auto const batch = shard_of(
        "", variables({{"AWS_BATCH_JOB_ARRAY_INDEX", "9"}, {"AWS_BATCH_JOB_ARRAY_SIZE", "10"}})
    );
    CHECK(batch->index == 9);
    // How many there are must be known, or blobs would be left out.
    CHECK(shard_of("", variables({{"JOB_COMPLETION_INDEX", "0"}})).has_error());
    CHECK(shard_of(
              "", variables({{"AWS_BATCH_JOB_ARRAY_INDEX", "9"}, {"AWS_BATCH_JOB_ARRAY_SIZE", "3"}})
    ).has_error());
}

TEST_CASE("sizes: bytes, with and without a unit")
{
    CHECK(parse_size("500") == 500);
    CHECK(parse_size("1.5K") == 1536);
    CHECK(parse_size("2G") == std::uint64_t{2} << 30);
    for (auto const* const bad : {"", "G", "-1", "1X", "1GB", "nan", "1e3"})
        CHECK_FALSE(parse_size(bad).has_value());
}

TEST_CASE("metrics: counts as Prometheus reads them, over HTTP")
{
    bulk_counts counts;
    counts.assets = 10;
    counts.done = 7;
    counts.failures[static_cast<std::size_t>(bulk::failure_kind::missing)] = 2;
    auto const text = metrics_text(counts);
    CHECK(has_line(text, "lindi_bulk_assets 10"));
    CHECK(has_line(text, "lindi_bulk_assets_done_total 7"));
    CHECK(has_line(text, "lindi_bulk_failures_total{kind=\"missing\"} 2"));
    auto const server = net::text_server::start(0, [&] { return text; });
    REQUIRE(server.has_value());
    auto const client = net::client_thread::start({});
    auto const got = (*client)->call(
        {.url = "http://127.0.0.1:" + std::to_string((*server)->port()) + "/metrics"}
    );
    REQUIRE_MESSAGE(got.has_value(), got.error().message());
    CHECK(got->body == text);
    CHECK(got->content_type.starts_with("text/plain; version=0.0.4"));
    CHECK(net::text_server::start((*server)->port(), [] { return ""; }).error().code() == errc::io);
}
