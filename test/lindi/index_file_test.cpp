#include <lindi/codec/codec.hpp>
#include <lindi/io/file_source.hpp>
#include <lindi/io/memory_source.hpp>
#include <lindi/io/page_source.hpp>
#include <lindi/lindi/index_file.hpp>

#include <boost/json/parse.hpp>
#include <doctest/doctest.h>

using namespace lindi;

namespace {

struct indexed {
    std::string text;
    rfs::export_report report;
    io::read_stats reads;
};

result<indexed> index_sample(limits const& max = {})
{
    io::page_source pages(io::file_source::open(TEST_DATA "/sample.nwb").value());
    budget left(max);
    io::reader reader(pages, left);
    auto const codecs = codec::built_in_filters();
    node::file file(reader, codecs);
    indexed out;
    auto const sink = [&out](std::string_view block) -> result<void> {
        out.text += block;
        return {};
    };
    rfs::export_options options;
    options.url = "https://example.org/sample.nwb";
    auto report = reader.run(rfs::index_file(file, std::move(options), sink));
    if (!report)
        return report.error();
    out.report = std::move(*report);
    out.reads = reader.stats();
    return out;
}

}  // namespace

TEST_CASE("index: a real NWB file, without problems")
{
    auto const out = index_sample().value();
    auto const document = boost::json::parse(out.text);
    auto const& refs = document.at("refs").as_object();
    CHECK(out.report.problems.empty());
    CHECK(out.report.bytes == out.text.size());
    CHECK(out.report.linked == 0);
    CHECK(refs.at(".zattrs").at("neurodata_type") == "NWBFile");
    CHECK(refs.at(".zattrs").at(".specloc").at("_REFERENCE").at("path") == "/specifications");
    CHECK(refs.at("session_description/.zattrs").at("_SCALAR") == true);
    std::size_t groups = 0;
    std::size_t soft_links = 0;
    for (auto const& [key, value] : refs) {
        groups += key.ends_with(".zgroup") ? 1 : 0;
        soft_links += key.ends_with(".zattrs") && value.as_object().contains("_SOFT_LINK") ? 1 : 0;
    }
    CHECK(groups == out.report.groups + soft_links);
}

TEST_CASE("index: data are read during the walk, not after it")
{
    auto const out = index_sample().value();
    CHECK(out.report.inlined > 10);
    CHECK(out.reads.waves <= 12);
}

TEST_CASE("index: two runs write the same bytes")
{
    CHECK(index_sample().value().text == index_sample().value().text);
}

TEST_CASE("index: a dataset that is over inline_bytes is a link, the file is not lost")
{
    limits max;
    max.inline_bytes = 16;
    auto const out = index_sample(max).value();
    CHECK(out.report.linked > 0);
}

TEST_CASE("index: what is no HDF5 file is refused")
{
    io::memory_source source("x", lindi::bytes(1000));
    budget left{limits()};
    io::reader reader(source, left);
    auto const codecs = codec::built_in_filters();
    node::file file(reader, codecs);
    auto const nothing = [](std::string_view) -> result<void> { return {}; };
    auto const report = reader.run(rfs::index_file(file, {}, nothing));
    REQUIRE(report.has_error());
    CHECK(report.error().code() == errc::not_hdf5);
}
