#include "scratch_folder.hpp"

#include <lindi/bulk/plan.hpp>

#include <doctest/doctest.h>

#include <set>

using namespace lindi;
using namespace lindi::bulk;

namespace {

/// Assets that are told again each time.
class fixed_source final : public dandi::asset_source {
public:
    std::vector<dandi::asset> assets{};
    bool fails = false;

    result<std::vector<dandi::source_part>> parts() override
    {
        dandi::source_part part;
        part.name = "here";
        part.list = [this](dandi::on_asset const& tell) -> result<void> {
            for (auto const& one : assets)
                if (auto const taken = tell(one); !taken)
                    return taken.error();
            if (fails)
                return error(errc::io, error::nowhere, "list");
            return {};
        };
        return std::vector<dandi::source_part>{part};
    }

    void add(std::string dandiset, std::string id, std::string blob, std::uint64_t size = 1)
    {
        dandi::asset one;
        one.dandiset = std::move(dandiset);
        one.id = std::move(id);
        one.blob = std::move(blob);
        one.size = size;
        assets.push_back(std::move(one));
    }
};

struct job {
    job() : in(*journal::open(folder.file("journal"))) {}

    listing_report list(shard of = {})
    {
        auto const done = take_listing(
            *in, from, of, 2, [] { return false; }, [](std::uint64_t) {}
        );
        REQUIRE(done.has_value());
        return *done;
    }
    work_plan plan(unit_order order = unit_order::listed) const
    {
        return make_plan(*in, "recipe", order);
    }
    /// As a run would note it.
    void finish(unit const& one, blob_state state, failure_kind kind = {})
    {
        REQUIRE(in->change([&](journal::changes& to) {
                      blob_record blob;
                      blob.state = state;
                      blob.kind = kind;
                      blob.version = version_of(to.asset(one.assets[0])->is);
                      blob.recipe = "recipe";
                      to.put(one.blob, blob);
                      for (auto const& key : one.assets) {
                          auto asset = *to.asset(key);
                          if (state == blob_state::done)
                              asset.written = version_of(asset.is) + "\nrecipe";
                          to.put(key, asset);
                      }
                  }).has_value());
    }

    test::scratch_folder folder;
    std::shared_ptr<journal> in;
    fixed_source from;
};

std::vector<std::string> blobs_of(work_plan const& plan)
{
    std::vector<std::string> out;
    for (auto const& one : plan.units)
        out.push_back(one.blob);
    return out;
}

using names = std::vector<std::string>;

}  // namespace

TEST_CASE("plan: assets that share a blob are one unit")
{
    job j;
    j.from.add("1", "a", "x");
    j.from.add("1", "b", "y");
    j.from.add("2", "c", "x");
    CHECK(j.list().assets == 3);
    auto const plan = j.plan();
    REQUIRE(blobs_of(plan) == names{"x", "y"});
    CHECK(plan.units[0].assets == names{"1/a", "2/c"});
    CHECK(plan.assets == 3);
    CHECK(plan.blobs == 2);
}

TEST_CASE("plan: what is done is left alone, a new asset of it takes the index over")
{
    job j;
    j.from.add("1", "a", "x");
    j.list();
    j.finish(j.plan().units[0], blob_state::done);
    CHECK(j.plan().units.empty());
    CHECK(j.plan().assets_done == 1);
    // An edit in the archive: another id, the same bytes.
    j.from.assets[0].id = "a2";
    CHECK(j.list().gone == 1);
    auto const plan = j.plan();
    REQUIRE(plan.units.size() == 1);
    CHECK(plan.units[0].assets == names{"1/a2"});
    CHECK(plan.units[0].has_index);
    CHECK(plan.assets == 1);
}

TEST_CASE("plan: other bytes or other options, and it is made again")
{
    job j;
    j.from.add("1", "a", "x");
    j.list();
    j.finish(j.plan().units[0], blob_state::done);
    CHECK(make_plan(*j.in, "other recipe", unit_order::listed).units.size() == 1);
    j.from.assets[0].digest = "changed";
    j.list();
    auto const plan = j.plan();
    REQUIRE(plan.units.size() == 1);
    CHECK_FALSE(plan.units[0].has_index);
}

TEST_CASE("plan: failures that may pass are tried again, others when somebody wants it")
{
    job j;
    j.from.add("1", "a", "x");
    j.from.add("1", "b", "y");
    j.from.add("1", "c", "z");
    j.list();
    auto const first = j.plan();
    j.finish(first.units[0], blob_state::failed, failure_kind::network);
    j.finish(first.units[1], blob_state::failed, failure_kind::not_hdf5);
    j.finish(first.units[2], blob_state::failed, failure_kind::missing);
    CHECK(blobs_of(j.plan()) == names{"x"});
    CHECK(j.plan().assets_failed == 2);
    CHECK(*forget_failures(*j.in, failure_kind::missing) == 1);
    CHECK(blobs_of(j.plan()) == names{"x", "z"});
    CHECK(*forget_failures(*j.in, std::nullopt) == 2);
    CHECK(blobs_of(j.plan()) == names{"x", "y", "z"});
}

TEST_CASE("plan: what an earlier process was at work on is to do again")
{
    job j;
    j.from.add("1", "a", "x");
    j.from.add("1", "b", "y");
    j.list();
    for (unsigned i = 1; i <= 5; ++i) {
        j.finish(j.plan().units[0], blob_state::working);
        CHECK(*settle_interrupted(*j.in) == 1);
        // The record that `finish` writes forgets how often.
        REQUIRE(j.in->change([&](journal::changes& to) {
                        auto record = *to.blob("x");
                        record.interruptions = i;
                        to.put("x", record);
                    }
        ).has_value());
    }
    // It may be why the program ended.
    CHECK(blobs_of(j.plan()) == names{"y", "x"});
}

TEST_CASE("plan: orders")
{
    job j;
    j.from.add("1", "a", "p", 5);
    j.from.add("1", "b", "q", 9);
    j.from.add("1", "c", "r", 7);
    j.from.add("2", "d", "s", 1);
    j.from.add("3", "e", "t", 8);
    j.list();
    CHECK(blobs_of(j.plan(unit_order::listed)) == names{"p", "q", "r", "s", "t"});
    CHECK(blobs_of(j.plan(unit_order::largest)) == names{"q", "t", "r", "p", "s"});
    CHECK(blobs_of(j.plan(unit_order::fair)) == names{"p", "s", "t", "q", "r"});
}

TEST_CASE("listing: what is missing from a listing that failed is not gone")
{
    job j;
    j.from.add("1", "a", "x");
    j.from.add("1", "b", "y");
    j.list();
    j.from.assets.pop_back();
    j.from.fails = true;
    auto const report = j.list();
    CHECK(report.gone == 0);
    CHECK(report.problems.size() == 1);
    j.from.fails = false;
    CHECK(j.list().gone == 1);
    CHECK(j.plan().assets == 1);
}

TEST_CASE("shards: each blob belongs to one, whatever its assets")
{
    std::multiset<std::string> seen;
    for (unsigned i = 0; i < 3; ++i) {
        job j;
        for (int n = 0; n < 100; ++n)
            j.from.add("1", "a" + std::to_string(n), "b" + std::to_string(n / 2));
        j.list({i, 3});
        for (auto const& one : j.plan().units) {
            CHECK(one.assets.size() == 2);
            seen.insert(one.blob);
        }
    }
    CHECK(seen.size() == 50);
    CHECK(std::set<std::string>(seen.begin(), seen.end()).size() == 50);
}
