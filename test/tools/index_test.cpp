#include "interrupt.hpp"
#include "run_command.hpp"

#include <boost/json/parse.hpp>
#include <doctest/doctest.h>

using namespace lindi::tools;

TEST_CASE("index: the document is written where -o says, with references to --url")
{
    scratch_folder const folder;
    auto const out = folder / "out.lindi.json";
    auto const done = run(index_command, {sample, "--url", "https://example.org/s.nwb", "-o", out});
    CHECK(done.code == exit_ok);
    CHECK(done.out.empty());
    CHECK(done.err.empty());
    CHECK(folder.file_count() == 1);
    auto const document = boost::json::parse(read_file(out));
    CHECK(document.at("refs").at(".zgroup").at("zarr_format") == 2);
    CHECK(read_file(out).find("https://example.org/s.nwb") != std::string::npos);
}

TEST_CASE("index: -o - is the same text on standard output")
{
    scratch_folder const folder;
    auto const out = folder / "out.lindi.json";
    run(index_command, {sample, "-o", out});
    auto const done = run(index_command, {sample, "-o", "-"});
    CHECK(done.code == exit_ok);
    CHECK(done.out == read_file(out));
}

TEST_CASE("index: references lead to the absolute path of the file unless --url says otherwise")
{
    auto const done = run(index_command, {sample, "-o", "-"});
    CHECK(
        done.out.find(
            "\"" + std::filesystem::absolute(sample).lexically_normal().string() + "\""
        ) != std::string::npos
    );
}

TEST_CASE("index: an input that cannot be read leaves no output, and an older one as it was")
{
    scratch_folder const folder;
    auto const bad = folder.add("bad.h5", "no HDF5 file");
    auto const out = folder.add("out.json", "old");
    auto const done = run(index_command, {bad, "-o", out});
    CHECK(done.code == exit_failed);
    CHECK(line_count(done.err) == 1);
    CHECK(read_file(out) == "old");
    CHECK(folder.file_count() == 2);
}

TEST_CASE("index: the input is never taken as output")
{
    scratch_folder const folder;
    auto const copy = folder.add("a.nwb", read_file(sample));
    auto const done = run(index_command, {copy, "-o", copy});
    CHECK(done.code == exit_failed);
    CHECK(done.err == "lindi index: " + copy + ": output: invalid value (it is the input)\n");
    CHECK(read_file(copy) == read_file(sample));
}

TEST_CASE("index: problems are listed with exit code 3; --strict makes the first one fatal")
{
    scratch_folder const folder;
    auto const whole = read_file(sample);
    auto const cut = folder.add("cut.nwb", whole.substr(0, whole.size() * 3 / 4));
    auto const out = folder / "out.json";
    auto const done = run(index_command, {cut, "-o", out});
    REQUIRE(done.code == exit_problems);
    CHECK(done.err.starts_with("lindi index: " + cut + ": "));
    auto const document = boost::json::parse(read_file(out));
    CHECK(
        document.at("generationMetadata").at("problems").as_array().size() == line_count(done.err)
    );

    auto const strict = run(index_command, {cut, "--strict", "-o", folder / "strict.json"});
    CHECK(strict.code == exit_failed);
    CHECK(line_count(strict.err) == 1);
    CHECK_FALSE(std::filesystem::exists(folder / "strict.json"));
}

TEST_CASE("index: generation metadata must be a JSON object")
{
    scratch_folder const folder;
    auto const good = folder.add("good.json", R"({"tool": "test"})");
    auto const done = run(index_command, {sample, "--generation-metadata", good, "-o", "-"});
    REQUIRE(done.code == exit_ok);
    CHECK(boost::json::parse(done.out).at("generationMetadata").at("tool") == "test");
    auto const bad = folder.add("bad.json", "[1]");
    CHECK(
        run(index_command, {sample, "--generation-metadata", bad, "-o", "-"}).code == exit_failed
    );
    CHECK(
        run(index_command, {sample, "--generation-metadata", folder / "none", "-o", "-"}).code ==
        exit_failed
    );
}

TEST_CASE("index: numbers or none, and nothing else, are counts")
{
    CHECK(
        run(index_command, {sample, "-o", "-", "--num-chunks-threshold", "none"}).code == exit_ok
    );
    for (auto const* const wrong : {"-1", "1e3", "", "18446744073709551616", "nothing"}) {
        CAPTURE(wrong);
        CHECK(
            run(index_command, {sample, "-o", "-", "--num-chunks-threshold", wrong}).code ==
            exit_usage
        );
        CHECK(
            run(index_command, {sample, "-o", "-", "--max-contiguous-chunk", wrong}).code ==
            exit_usage
        );
    }
    CHECK(run(index_command, {sample, "-o", "-", "--inline-below", "none"}).code == exit_usage);
    CHECK(run(index_command, {sample, "-o", "-", "--metadata-as", "text"}).code == exit_usage);
}

TEST_CASE("index: a threshold of chunks makes links of datasets with more")
{
    // /acquisition/raw/data has 6 chunks (h5dump -p)
    auto const all = run(index_command, {sample, "-o", "-"}).out;
    auto const fewer = run(index_command, {sample, "-o", "-", "--num-chunks-threshold", "5"}).out;
    CHECK(all.find("\"acquisition/raw/data/2.1\"") != std::string::npos);
    CHECK(fewer.find("\"acquisition/raw/data/2.1\"") == std::string::npos);
    CHECK(fewer.find("_EXTERNAL_ARRAY_LINK") != std::string::npos);
}

TEST_CASE("index: --stats says what was read and written")
{
    auto const done = run(index_command, {sample, "-o", "-", "--stats"});
    CHECK(done.code == exit_ok);
    CHECK(done.err.find("waves ") != std::string::npos);
    CHECK(done.err.find("bytes_written " + std::to_string(done.out.size())) != std::string::npos);
}

TEST_CASE("index: other schemes and folders that are not there are exit code 2")
{
    CHECK(run(index_command, {"ftp://example.org/a.nwb", "-o", "-"}).code == exit_failed);
    auto const done = run(index_command, {sample, "-o", "/no/such/folder/a.json"});
    CHECK(done.code == exit_failed);
    CHECK(done.err == "lindi index: /no/such/folder/a.json: output: No such file or directory\n");
    CHECK(run(index_command, {"--help"}).out.find("Examples:\n  lindi index") != std::string::npos);
}
