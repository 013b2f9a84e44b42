#include "chopped_source.hpp"
#include "failing_source.hpp"
#include "file_builder.hpp"
#include "graph_text.hpp"
#include "sample_file.hpp"
#include "walked_file.hpp"

#include <lindi/node/read_graph.hpp>

#include <doctest/doctest.h>

#include <map>
#include <set>

namespace lindi::node {
namespace {

using test::facts_of;
using test::sample_file;
using test::walked_file;

auto const samples = {"old", "narrow", "latest", "indexes", "shared", "values", "hdf5_2"};

object_kind kind_named(std::string const& name)
{
    return name == "group"     ? object_kind::group
           : name == "dataset" ? object_kind::dataset
                               : object_kind::datatype;
}

TEST_CASE("read graph: kinds and addresses of all objects are libhdf5's")
{
    for (auto const* const name : samples) {
        CAPTURE(name);
        walked_file const file(sample_file(name));
        REQUIRE(file.opened().has_value());
        CHECK(file.problems().empty());
        auto const objects = facts_of(name, "object");
        CHECK(file.graph().objects.size() == objects.size());
        for (auto const& fact : objects) {
            CAPTURE(fact.path);
            auto const& found = file.at(fact.path);
            CHECK(found.kind == kind_named(fact.values[0]));
            CHECK(found.address == fact.number(1));
        }
    }
}

TEST_CASE("read graph: waves are the longest chain of addresses in the file")
{
    // indexes: superblock; root header and its continuation; B-tree and heap of the links, their
    // nodes, blocks; dataset headers; then index header, index block, super blocks, data blocks
    // with pages. old has group B-trees of many levels, one group in the other.
    std::map<std::string, std::uint64_t> const waves{
        {"old", 32},
        {"narrow", 12},
        {"latest", 12},
        {"indexes", 10},
        {"shared", 12},
        {"values", 11}};
    for (auto const& [name, expected] : waves) {
        CAPTURE(name);
        auto const content = sample_file(name);
        test::slow_source source(content);
        walked_file const file(source);
        CHECK(file.stats().waves == expected);
    }
}

TEST_CASE("read graph: answers that come late and in other pieces change nothing")
{
    for (auto const* const name : samples) {
        CAPTURE(name);
        auto const content = sample_file(name);
        walked_file const expected(content);
        for (std::uint64_t seed = 0; seed < 5; ++seed) {
            CAPTURE(seed);
            test::chopped_source source(content, seed);
            walked_file const file(source);
            CHECK(test::graph_text(file.graph()) == test::graph_text(expected.graph()));
        }
    }
}

/// The text of every object by its address.
std::map<std::uint64_t, std::string> texts_of(graph const& g)
{
    std::map<std::uint64_t, std::string> out;
    test::graph_writer writer(g);
    for (object_id id = 0; id < g.objects.size(); ++id)
        out[g.objects[id].address] = writer.object_text(id);
    return out;
}

/// What is there is what was there without the failure, or says that it failed.
void check_survivors(
    graph const& g, std::map<std::uint64_t, std::string> const& whole, std::string const& failure
)
{
    bool told = false;
    for (auto const& [address, text] : texts_of(g)) {
        CAPTURE(address);
        bool const tells = text.find(failure) != std::string::npos;
        told = told || tells;
        // What stands on something that failed may say so in words of its own.
        if (tells || text.find("  problem ") != std::string::npos)
            continue;
        REQUIRE(whole.contains(address));
        CHECK(text == whole.at(address));
    }
    for (auto const& problem : g.problems)
        told = told || problem.message().find(failure) != std::string::npos;
    CHECK(told);
}

TEST_CASE(
    "read graph: each read fails once; the rest of the graph is right and says what is missing"
)
{
    auto const timed_out = std::make_error_code(std::errc::timed_out).message();
    for (auto const* const name : samples) {
        CAPTURE(name);
        auto const content = sample_file(name);
        walked_file const whole(content);
        auto const texts = texts_of(whole.graph());
        for (auto const how : {test::failure::timed_out, test::failure::cut_short}) {
            auto const failure =
                how == test::failure::timed_out ? timed_out : std::string("other bytes");
            for (std::uint64_t n = 0;; ++n) {
                CAPTURE(n);
                test::failing_source source(content, n, how);
                walked_file const file(source);
                if (!source.has_failed()) {
                    CHECK(n > 10);
                    break;
                }
                if (file.opened())
                    check_survivors(file.graph(), texts, failure);
                else
                    CHECK(file.opened().error().message().find(failure) != std::string::npos);
            }
        }
    }
}

TEST_CASE("read graph: datasets are handed over with their chunk tables, once each")
{
    std::set<object_id> seen;
    read_options options;
    options.on_dataset = [&](file& f, object_id id) -> task<void> {
        auto const& data = *f.contents.objects[id].dataset;
        CHECK(data.chunks.has_value() == (data.layout == hdf5::layout_class::chunked));
        CHECK(seen.insert(id).second);
        co_return;
    };
    walked_file const file(sample_file("indexes"), {}, options);
    CHECK(seen.size() == facts_of("indexes", "grid").size());
}

TEST_CASE("read graph: only the chunk tables asked for are made")
{
    read_options options;
    options.load_chunks = [](dataset const& data) { return !data.filters.filters.empty(); };
    walked_file const file(sample_file("indexes"), {}, options);
    CHECK_FALSE(file.data("/btree2").chunks.has_value());
    CHECK(file.data("/btree2_deflate").chunks.has_value());
}

TEST_CASE("read graph: the number of objects is told on the way")
{
    std::uint64_t last = 0;
    read_options options;
    options.on_progress = [&](std::uint64_t count) {
        CHECK(count >= last);
        last = count;
    };
    walked_file const file(sample_file("old"), {}, options);
    CHECK(last == file.graph().objects.size());
}

TEST_CASE("read graph: a root that is no group is no file")
{
    test::file_builder b;
    auto const root = b.place(test::header({test::datatype(test::integer_body(4))}));
    walked_file const file(b.finish(root));
    REQUIRE(file.opened().has_error());
    CHECK(file.opened().error().code() == errc::bad_value);
    CHECK(file.opened().error().detail() == "it is not a group");
}

TEST_CASE("read graph: unknown messages are passed over, unless they must be understood")
{
    // H5Opkg.h of libhdf5: bit 7 of the flags, "fail always if unknown"; bit 3 only for writing.
    auto const with = [](std::uint8_t flags) {
        constexpr auto unknown = static_cast<hdf5::message_type>(0x19);
        return test::header({test::link_info(), {unknown, lindi::bytes(8), flags}});
    };
    test::file_builder b;
    auto const harmless = b.place(with(0x08));
    auto const fatal = b.place(with(0x80));
    auto const root = b.place(test::header(
        {test::link_info(), test::hard_link("fatal", fatal), test::hard_link("harmless", harmless)}
    ));
    walked_file const file(b.finish(root));
    REQUIRE(file.opened().has_value());
    CHECK(file.at("/harmless").kind == object_kind::group);
    CHECK(file.at("/fatal").kind == object_kind::unknown);
    auto const problems = file.problems();
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].find("message type 25 must be understood") != std::string::npos);
}

TEST_CASE("read graph: an object that is nothing known is a problem, its siblings are read")
{
    test::file_builder b;
    auto const strange = b.place(test::header({test::dataspace({2})}));
    auto const group = b.place(test::header({test::link_info()}));
    auto const root = b.place(test::header(
        {test::link_info(),
         test::hard_link("strange", strange),
         test::hard_link("group", group),
         test::hard_link("outside", 1'000'000)}
    ));
    walked_file const file(b.finish(root));
    REQUIRE(file.opened().has_value());
    CHECK(file.at("/group").kind == object_kind::group);
    CHECK(file.at("/strange").kind == object_kind::unknown);
    CHECK(file.at("/outside").kind == object_kind::unknown);
    auto const problems = file.problems();
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].starts_with("/outside: object header at 0xf4240: ends too early"));
    CHECK(problems[1].ends_with("invalid value (neither group, dataset nor datatype)"));
}

}  // namespace
}  // namespace lindi::node
