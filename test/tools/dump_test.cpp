#include "damaged_file.hpp"
#include "run_command.hpp"

#include <boost/json/parse.hpp>
#include <doctest/doctest.h>

using namespace lindi::tools;
using boost::json::value;

namespace {

value dump(std::string const& path)
{
    auto const done = run(dump_command, {"--format", "json", path});
    REQUIRE(done.code == exit_ok);
    CHECK(done.err.empty());
    return boost::json::parse(done.out);
}

value const& object_at(value const& document, std::string_view path)
{
    for (auto const& object : document.at("objects").as_array())
        if (object.at("path").as_string() == path)
            return object;
    FAIL("no object ", std::string(path));
    return document;
}

value const& attribute_of(value const& object, std::string_view name)
{
    for (auto const& attribute : object.at("attrs").as_array())
        if (attribute.at("name").as_string() == name)
            return attribute;
    FAIL("no attribute ", std::string(name));
    return object;
}

}  // namespace

// Facts: h5dump -p -H, h5ls -v, h5dump -a of sample.nwb.

TEST_CASE("dump: a chunked dataset with its type, filters, fill value and chunk table")
{
    auto const document = dump(sample);
    auto const& data = object_at(document, "/acquisition/raw/data");
    CHECK(data.at("kind") == "dataset");
    CHECK(data.at("shape") == value{1600, 4});
    CHECK(data.at("maxshape") == value{1600, 4});
    CHECK(
        data.at("dtype") ==
        value{
            {"class", "integer"},
            {"size", 2},
            {"order", "le"},
            {"precision", 16},
            {"offset", 0},
            {"lsb_pad", "zero"},
            {"msb_pad", "zero"},
            {"sign", "signed"}}
    );
    CHECK(
        data.at("filters") ==
        boost::json::parse(
            R"([{"id": 2, "flags": 1, "client_data": [2]}, {"id": 1, "flags": 1, "client_data": [4]}])"
        )
    );
    CHECK(
        data.at("fill") == value{{"status", "default"}, {"time", "ifset"}, {"alloc_time", "incr"}}
    );
    CHECK(data.at("chunk") == value{768, 3});
    CHECK(data.at("chunk_index") == "btree1");
    CHECK(data.at("chunks").at("count") == 6);
    std::int64_t bytes = 0;
    for (auto const& chunk : data.at("chunks").at("list").as_array())
        bytes += chunk.at(2).as_int64();
    CHECK(bytes == 10184);
}

TEST_CASE("dump: values of attributes, floats with their bits")
{
    auto const document = dump(sample);
    auto const& raw = object_at(document, "/acquisition/raw");
    CHECK(attribute_of(raw, "neurodata_type").at("value") == "ElectricalSeries");
    CHECK(attribute_of(raw, "neurodata_type").at("dtype").at("class") == "vlen_string");
    auto const& data = object_at(document, "/acquisition/raw/data");
    CHECK(
        attribute_of(data, "offset").at("value") == value{{"r", "0.0"}, {"h", "0000000000000000"}}
    );
    auto const& electrodes = object_at(document, "/acquisition/raw/electrodes");
    CHECK(
        attribute_of(electrodes, "table").at("value") ==
        value{{"ref", "/general/extracellular_ephys/electrodes"}}
    );
}

TEST_CASE("dump: links, and objects in byte order of their paths")
{
    auto const document = dump(sample);
    auto const& link = object_at(document, "/general/extracellular_ephys/shank0/device");
    CHECK(link.at("kind") == "softlink");
    CHECK(link.at("target") == "/general/devices/probe");
    auto const& objects = document.at("objects").as_array();
    CHECK(objects[0].at("path") == "/");
    for (std::size_t i = 1; i < objects.size(); ++i)
        CHECK(
            std::string_view(objects[i - 1].at("path").as_string()) <
            std::string_view(objects[i].at("path").as_string())
        );
    CHECK(document.at("errors").as_array().empty());
}

TEST_CASE("dump: a truncated file is still one JSON document, with its errors in it")
{
    scratch_folder const folder;
    auto const whole = read_file(sample);
    for (std::size_t part = 1; part < 16; ++part) {
        CAPTURE(part);
        auto const path = folder.add("cut.nwb", whole.substr(0, whole.size() * part / 16));
        auto const done = run(dump_command, {"--format", "json", path});
        if (done.code == exit_failed) {
            CHECK(done.out.empty());
            CHECK(line_count(done.err) == 1);
            continue;
        }
        CHECK(done.code == exit_problems);
        auto const document = boost::json::parse(done.out);
        CHECK(document.at("n_errors").as_int64() > 0);
        CHECK(line_count(done.err) == static_cast<std::size_t>(document.at("n_errors").as_int64()));
    }
}

TEST_CASE("dump: of a dataset with a damaged layout, type and shape are all that is said")
{
    scratch_folder const folder;
    auto const path = folder.add("bad.h5", file_with_damaged_layout());
    auto const done = run(dump_command, {"--format", "json", "--data", path});
    CHECK(done.code == exit_problems);
    CHECK(line_count(done.err) == 1);
    auto const document = boost::json::parse(done.out);
    auto const& bad = object_at(document, "/bad").as_object();
    CHECK(bad.at("shape") == value{3});
    CHECK(bad.at("error").as_string().starts_with("data layout message at"));
    for (char const* const guess : {"layout", "allocated", "contiguous", "filters", "fill"})
        CHECK_FALSE(bad.contains(guess));
}

TEST_CASE("dump: a stream that fails ends the output early")
{
    std::ostringstream out;
    std::ostringstream err;
    out.setstate(std::ios::badbit);
    environment env{out, err};
    std::vector<std::string> const args{"--format", "json", sample};
    CHECK(dump_command(args, env) == exit_ok);
    CHECK(err.str().empty());
}

TEST_CASE("dump: --data sums up the elements")
{
    // h5py and hashlib: sha256(file["scratch/counts"][()].tobytes())
    auto const dump = run(dump_command, {"--format", "json", "--data", sample});
    CHECK(dump.code == exit_ok);
    CHECK(
        dump.out.find("f190072c5052f4f440d4a607c25f5bced487c420806c9aab4ca5b0653e72da61") !=
        std::string::npos
    );
    CHECK(
        run(dump_command, {"--format", "json", sample}).out.find("data_sha256") == std::string::npos
    );
}

TEST_CASE("dump: usage")
{
    CHECK(run(dump_command, {sample}).code == exit_usage);
    CHECK(run(dump_command, {"--format", "xml", sample}).code == exit_usage);
    CHECK(run(dump_command, {"--help"}).out.find("Examples:\n  lindi dump") != std::string::npos);
}
