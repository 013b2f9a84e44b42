#include "graphs.hpp"
#include "hex.hpp"

#include <lindi/lindi/export.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::test;

namespace {

struct exported {
    std::string text;
    rfs::export_report report;
};

result<exported> try_export(
    node::graph const& g,
    rfs::export_options options = {},
    rfs::inline_data const& data = {},
    limits const& max = {}
)
{
    exported out;
    auto const sink = [&out](std::string_view block) -> result<void> {
        out.text += block;
        return {};
    };
    options.url = "https://example.org/a.h5";
    auto report = rfs::write_reference_file(g, data, options, budget(max), sink);
    if (!report)
        return report.error();
    out.report = std::move(*report);
    return out;
}

/// The keys of `refs` in their order, and each value as text.
using entries = std::vector<std::pair<std::string, std::string>>;

entries refs_of(
    node::graph const& g, rfs::export_options const& options = {}, rfs::inline_data const& data = {}
)
{
    auto const document = boost::json::parse(try_export(g, options, data).value().text);
    entries out;
    for (auto const& [key, value] : document.at("refs").as_object())
        out.emplace_back(std::string(key), boost::json::serialize(value));
    return out;
}

std::vector<std::string> keys_of(node::graph const& g)
{
    std::vector<std::string> out;
    for (auto const& [key, value] : refs_of(g))
        out.push_back(key);
    return out;
}

std::string
value_of(node::graph const& g, std::string_view key, rfs::export_options const& options = {})
{
    for (auto const& [k, value] : refs_of(g, options))
        if (k == key)
            return value;
    return "absent";
}

using names = std::vector<std::string>;

}  // namespace

TEST_CASE("export: an empty file")
{
    graph_builder b;
    auto const out = try_export(b.g).value();
    CHECK(out.text == "{\n\"version\": 1,\n\"refs\": {\n\".zgroup\": {\"zarr_format\":2}\n}\n}\n");
    CHECK(out.report.bytes == out.text.size());
    CHECK(out.report.groups == 1);
    CHECK(out.report.problems.empty());
}

// Expected: Python lindi's refs for the same file, json.dumps with separators.
TEST_CASE("export: a group, a referenced dataset, attributes")
{
    graph_builder b;
    auto const g = b.add_group();
    auto const d = b.add_contiguous({1200}, 2048);
    b.link(b.g.root, "g", g);
    b.link(g, "d", d);
    b.g.objects[d].attributes.push_back(text_attribute("unit", "m"));
    auto const out = try_export(b.g).value();
    CHECK(
        out.text == "{\n\"version\": 1,\n\"refs\": {\n"
                    "\".zgroup\": {\"zarr_format\":2},\n"
                    "\"g/.zgroup\": {\"zarr_format\":2},\n"
                    "\"g/d/.zarray\": "
                    "{\"chunks\":[1200],\"compressor\":null,\"dtype\":\"<i4\",\"fill_value\":0,"
                    "\"filters\":null,\"order\":\"C\",\"shape\":[1200],\"zarr_format\":2},\n"
                    "\"g/d/.zattrs\": {\"unit\":\"m\"},\n"
                    "\"g/d/0\": [\"https://example.org/a.h5\",2048,4800]\n"
                    "}\n}\n"
    );
    CHECK(out.report.datasets == 1);
    CHECK(out.report.references == 1);
}

TEST_CASE("export: metadata as text")
{
    graph_builder b;
    b.g.objects[b.g.root].attributes.push_back(text_attribute("a", "\"x\""));
    rfs::export_options options;
    options.metadata_as = rfs::metadata_form::string;
    CHECK(
        refs_of(b.g, options) ==
        entries{{".zattrs", R"("{\"a\":\"\\\"x\\\"\"}")"}, {".zgroup", R"("{\"zarr_format\":2}")"}}
    );
}

TEST_CASE("export: from five references on the url is a template")
{
    graph_builder b;
    for (int i = 0; i < 4; ++i)
        b.link(
            b.g.root, std::string(1, static_cast<char>('a' + i)), b.add_contiguous({1200}, 2048)
        );
    CHECK(try_export(b.g).value().text.find("templates") == std::string::npos);
    b.link(b.g.root, "e", b.add_contiguous({1200}, 2048));
    auto const text = try_export(b.g).value().text;
    CHECK(text.find("\n\"templates\": {\"u1\":\"https://example.org/a.h5\"},\n") != text.npos);
    CHECK(text.find("\"a/0\": [\"{{u1}}\",2048,4800]") != text.npos);
    CHECK(boost::json::parse(text).at("refs").as_object().size() == 11);
}

TEST_CASE("export: inlined data are one encoded chunk")
{
    graph_builder b;
    auto const d = b.add_contiguous({2, 2}, 2048);
    b.link(b.g.root, "d", d);
    rfs::inline_data data;
    data.emplace(d, hex("01 00 00 00 02 00 00 00 03 00 00 00 04 00 00 00"));
    auto const refs = refs_of(b.g, {}, data);
    REQUIRE(refs.size() == 3);
    CHECK(refs[2].first == "d/0.0");
    // A Blosc frame of 16 bytes of header and the bytes as they are: too short for LZ4.
    CHECK(refs[2].second == R"("base64:AgEzBBAAAAAQAAAAIAAAAAEAAAACAAAAAwAAAAQAAAA=")");
}

TEST_CASE("export: inlined data that could not be read become a link; damage is a problem")
{
    graph_builder b;
    auto const d = b.add_contiguous({2}, 2048);
    b.link(b.g.root, "d", d);
    auto const link = R"({"_EXTERNAL_ARRAY_LINK":{"link_type":"hdf5_dataset","name":"d",)"
                      R"("url":"https://example.org/a.h5"}})";
    for (auto const code : {errc::missing_filter, errc::bad_checksum}) {
        CAPTURE(code);
        rfs::inline_data data;
        data.emplace(d, error(code, 77, "chunk"));
        auto const out = try_export(b.g, {}, data).value();
        auto const refs = boost::json::parse(out.text).at("refs").as_object();
        CHECK(boost::json::serialize(refs.at("d/.zattrs")) == link);
        CHECK_FALSE(refs.contains("d/0"));
        CHECK(out.report.linked == 1);
        CHECK(out.report.problems.size() == (code == errc::bad_checksum ? 1 : 0));
    }
}

TEST_CASE("export: names come in byte order, with everything below them")
{
    graph_builder b;
    auto const a = b.add_group();
    auto const z = b.add_group();
    b.link(b.g.root, "z", z);
    b.link(b.g.root, "a", a);
    b.link(b.g.root, "B", b.add_group());
    b.link(a, "x", b.add_group());
    CHECK(keys_of(b.g) == names{".zgroup", "B/.zgroup", "a/.zgroup", "a/x/.zgroup", "z/.zgroup"});
}

TEST_CASE("export: an object with several names is written under each, its problems are told once")
{
    graph_builder b;
    auto const d = b.add_contiguous({1200}, 2048);
    b.g.objects[d].attributes.push_back(
        attribute("bad", make_type(hdf5::type_class::opaque, 1), {}, hex("01"))
    );
    b.link(b.g.root, "a", d);
    b.link(b.g.root, "b", d);
    CHECK(keys_of(b.g) == names{".zgroup", "a/.zarray", "a/0", "b/.zarray", "b/0"});
    CHECK(
        try_export(b.g).value().report.problems == names{"/a: attribute bad left out: opaque bytes"}
    );
}

TEST_CASE("export: a group inside itself is a soft link to the one above")
{
    graph_builder b;
    auto const g = b.add_group();
    auto const h = b.add_group();
    b.link(b.g.root, "g", g);
    b.link(g, "h", h);
    b.link(h, "up", g);
    b.link(h, "top", b.g.root);
    CHECK(value_of(b.g, "g/h/up/.zattrs") == R"({"_SOFT_LINK":{"path":"/g"}})");
    CHECK(value_of(b.g, "g/h/up/.zgroup") == R"({"zarr_format":2})");
    CHECK(value_of(b.g, "g/h/top/.zattrs") == R"({"_SOFT_LINK":{"path":"/"}})");
}

TEST_CASE("export: soft links are absolute; those that lead nowhere are left out")
{
    graph_builder b;
    auto const g = b.add_group();
    auto const d = b.add_contiguous({1200}, 2048);
    b.link(b.g.root, "g", g);
    b.link(g, "d", d);
    b.link(b.g.root, "type", b.add_type());
    b.soft_link(g, "sibling", "./d");
    b.soft_link(b.g.root, "chain", "g/sibling");
    b.soft_link(b.g.root, "through", "/root/g/");
    b.soft_link(b.g.root, "root", "/");
    b.soft_link(b.g.root, "me", "me");
    b.soft_link(b.g.root, "lost", "/nowhere");
    b.soft_link(b.g.root, "to_type", "/type");
    CHECK(value_of(b.g, "g/sibling/.zattrs") == R"({"_SOFT_LINK":{"path":"/g/d"}})");
    CHECK(value_of(b.g, "chain/.zattrs") == R"({"_SOFT_LINK":{"path":"/g/sibling"}})");
    CHECK(value_of(b.g, "through/.zattrs") == R"({"_SOFT_LINK":{"path":"/root/g"}})");
    CHECK(value_of(b.g, "root/.zattrs") == R"({"_SOFT_LINK":{"path":"/"}})");
    for (auto const* key : {"me/.zgroup", "lost/.zgroup", "to_type/.zgroup", "type/.zgroup"})
        CHECK(value_of(b.g, key) == "absent");
    CHECK(
        try_export(b.g).value().report.problems ==
        names{
            "/lost: left out: a soft link that leads nowhere: /nowhere",
            "/me: left out: a soft link that leads nowhere: me",
        }
    );
}

TEST_CASE("export: a soft link to a dataset without a Zarr form goes with it")
{
    graph_builder b;
    b.link(b.g.root, "time", b.add_dataset(make_type(hdf5::type_class::time, 4), {2}));
    b.soft_link(b.g.root, "link", "time");
    auto const out = try_export(b.g).value();
    CHECK(out.report.problems.size() == 2);
    CHECK(keys_of(b.g) == names{".zgroup"});
}

TEST_CASE("export: external and user-defined links are left out")
{
    graph_builder b;
    b.group(b.g.root).links.push_back({"e", {}, {}, node::external_link{"other.h5", "/x", 0}});
    b.group(b.g.root).links.push_back({"u", {}, {}, node::user_link{70, {}}});
    b.group(b.g.root).links.push_back({"n", {}, {}, node::hard_link{}});
    CHECK(
        try_export(b.g).value().report.problems ==
        names{
            "/e: left out: an external link",
            "/n: left out: a hard link that leads nowhere",
            "/u: left out: a user-defined link",
        }
    );
}

TEST_CASE("export: names that are no names, twice there, or no UTF-8")
{
    graph_builder b;
    for (auto const* name : {"a/b", "", "x", "x", "\xff", "%FF", "\xfe", "back\\slash", ".."})
        b.link(b.g.root, name, b.add_group());
    CHECK(
        keys_of(b.g) ==
        names{
            ".zgroup",
            "%FF/.zgroup",
            "../.zgroup",
            "back\\slash/.zgroup",
            "x/.zgroup",
            "%FE/.zgroup"}
    );
    CHECK(try_export(b.g).value().report.problems.size() == 7);
}

TEST_CASE("export: problems of the graph and of writing are listed in generationMetadata")
{
    graph_builder b;
    b.soft_link(b.g.root, "lost", "/nowhere");
    b.g.objects[b.g.root].problems.push_back(error(errc::bad_checksum, 100, "object header"));
    rfs::export_options options;
    options.generation_metadata = boost::json::object{{"by", "me"}, {"problems", 7}};
    auto const document = boost::json::parse(try_export(b.g, options).value().text);
    auto const& metadata = document.at("generationMetadata").as_object();
    CHECK(metadata.at("by") == "me");
    CHECK(metadata.at("problems").as_array().size() == 2);
}

TEST_CASE("export: in strict mode the first problem is the result")
{
    graph_builder b;
    rfs::export_options options;
    options.strict = true;
    CHECK(try_export(b.g, options).has_value());
    b.soft_link(b.g.root, "lost", "/nowhere");
    CHECK(
        try_export(b.g, options).error().detail() ==
        "/lost: left out: a soft link that leads nowhere: /nowhere"
    );
}

TEST_CASE("export: hard links that multiply end at output_bytes")
{
    graph_builder b;
    auto group = b.g.root;
    for (int i = 0; i < 40; ++i) {
        auto const next = b.add_group();
        b.link(group, "a", next);
        b.link(group, "b", next);
        group = next;
    }
    limits max;
    max.output_bytes = 1'000'000;
    auto const out = try_export(b.g, {}, {}, max);
    REQUIRE(out.has_error());
    CHECK(out.error().code() == errc::too_large);
}

TEST_CASE("export: groups may be nested as deep as they like")
{
    graph_builder b;
    auto group = b.g.root;
    for (int i = 0; i < 3000; ++i) {
        auto const next = b.add_group();
        b.link(group, "g", next);
        group = next;
    }
    CHECK(try_export(b.g).value().report.groups == 3001);
}

TEST_CASE("export: scalars and compounds carry their annotations")
{
    graph_builder b;
    auto const scalar = b.add_dataset(integer(4), {});
    auto const rows = b.add_dataset(compound({{"x", integer(1)}}), {1});
    auto const row = b.add_dataset(compound({{"x", integer(1)}}), {});
    auto const complex = b.add_dataset(compound({{"r", floating(4)}, {"i", floating(4)}}), {});
    b.link(b.g.root, "scalar", scalar);
    b.link(b.g.root, "rows", rows);
    b.link(b.g.root, "row", row);
    b.link(b.g.root, "complex", complex);
    rfs::inline_data data;
    data.emplace(scalar, hex("01 00 00 00"));
    data.emplace(rows, hex("01"));
    data.emplace(row, hex("01"));
    data.emplace(complex, lindi::bytes(8));
    auto const text = try_export(b.g, {}, data).value().text;
    auto const refs = boost::json::parse(text).at("refs").as_object();
    CHECK(boost::json::serialize(refs.at("scalar/.zattrs")) == R"({"_SCALAR":true})");
    CHECK(boost::json::serialize(refs.at("complex/.zattrs")) == R"({"_SCALAR":true})");
    CHECK(
        boost::json::serialize(refs.at("rows/.zattrs")) == R"({"_COMPOUND_DTYPE":[["x","int8"]]})"
    );
    CHECK(
        boost::json::serialize(refs.at("row/.zattrs")) == R"({"_COMPOUND_DTYPE":[["x","int8"]]})"
    );
}
