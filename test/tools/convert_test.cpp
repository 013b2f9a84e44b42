#include "run_command.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace lindi::tools;

namespace {

bool is_same(std::string const& a, std::string const& b)
{
    return run(diff_command, {a, b}).code == exit_ok;
}

}  // namespace

TEST_CASE("index: a tar and a directory say what the JSON says")
{
    scratch_folder const folder;
    for (auto const* const name : {"x.lindi.tar", "x.lindi.d"}) {
        CAPTURE(name);
        auto const done = run(index_command, {sample, "-o", folder / name});
        CHECK(done.code == exit_ok);
        CHECK(done.err == "");
        CHECK(is_same(folder / name, sample));
    }
}

TEST_CASE("convert: every form becomes every other, and data come along")
{
    scratch_folder const folder;
    auto const begin = folder / "begin.lindi.tar";
    auto const made = run(convert_command, {sample, begin, "--materialize"});
    CAPTURE(made.err);
    REQUIRE(made.code == exit_ok);
    std::string const names[] = {"a.lindi.json", "b.lindi.d", "c.lindi.tar", "d.lindi.json"};
    auto from = begin;
    for (auto const& name : names) {
        CAPTURE(name);
        auto const to = folder / name;
        CHECK(run(convert_command, {from, to}).code == exit_ok);
        CHECK(is_same(to, sample));
        from = to;
    }
    CHECK(read_file(folder / "a.lindi.json") == read_file(folder / "d.lindi.json"));
    CHECK(read_file(folder / "a.lindi.json").find("{{u1}}") == std::string::npos);
}

TEST_CASE("convert: a dry run says what would be copied, and writes nothing")
{
    scratch_folder const folder;
    auto const to = folder / "x.lindi.tar";
    auto const all = run(convert_command, {"-n", sample, to, "--materialize"});
    CHECK(all.code == exit_ok);
    CHECK(all.out.find("would copy 12 chunks") == 0);
    auto const none = run(convert_command, {"-n", sample, to, "--materialize=/nothing"});
    CHECK(none.out.find("would copy 0 chunks, 0 bytes") == 0);
    CHECK(folder.file_count() == 0);
}

TEST_CASE("convert: what is there stays when it fails")
{
    scratch_folder const folder;
    auto const old = folder.add("old.lindi.tar", "precious");
    CHECK(run(convert_command, {folder / "nothing", old}).code == exit_failed);
    CHECK(run(convert_command, {old, folder / "x.lindi.json"}).code == exit_failed);
    CHECK(run(convert_command, {old, old}).err.find("lindi pack") != std::string::npos);
    auto const json = folder.add(
        "a.lindi.json",
        R"({"refs": {".zgroup": {"zarr_format": 2}, "a/0": ["missing.h5", 0, 2000]}})"
    );
    auto const lost = run(convert_command, {json, old, "--materialize"});
    CHECK(lost.code == exit_failed);
    CHECK(lost.err.find("a/0") != std::string::npos);
    CHECK(read_file(old) == "precious");
    CHECK(run(convert_command, {json, folder / "x.lindi.d", "--materialize"}).code == exit_failed);
    CHECK(folder.file_count() == 2);
}

TEST_CASE("convert: relative paths lead to where they were")
{
    scratch_folder const folder;
    folder.add("data.raw", std::string(2000, 'x'));
    auto const json = folder.add(
        "a.lindi.json",
        R"({"refs": {".zgroup": {"zarr_format": 2}, "a/0": ["data.raw", 10, 1500]}})"
    );
    std::filesystem::create_directory(folder / "below");
    auto const moved = folder / "below/b.lindi.json";
    REQUIRE(run(convert_command, {json, moved}).code == exit_ok);
    CHECK(read_file(moved).find("\"" + (folder / "data.raw") + "\"") != std::string::npos);
    auto const beside = folder / "b.lindi.json";
    REQUIRE(run(convert_command, {json, beside}).code == exit_ok);
    CHECK(read_file(beside).find("[\"data.raw\", 10, 1500]") != std::string::npos);
}

TEST_CASE("pack: files without anything to leave out, and what is no LINDI file")
{
    scratch_folder const folder;
    for (auto const* const name : {"x.lindi.tar", "x.lindi.d", "x.lindi.json"}) {
        CAPTURE(name);
        auto const path = folder / name;
        REQUIRE(run(convert_command, {sample, path, "--materialize"}).code == exit_ok);
        auto const packed = run(pack_command, {path});
        CHECK(packed.code == exit_ok);
        CHECK(packed.err == "");
        CHECK(is_same(path, sample));
    }
    CHECK(run(pack_command, {folder / "nothing"}).code == exit_failed);
    auto const other = folder.add("notes.txt", "no JSON");
    CHECK(run(pack_command, {other}).code == exit_failed);
    CHECK(read_file(other) == "no JSON");
}
