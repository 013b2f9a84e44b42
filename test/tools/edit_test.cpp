#include "run_command.hpp"

#include <doctest/doctest.h>

using namespace lindi::tools;

namespace {

/// A new file of each test, and commands on it.
struct edited {
    edited() { REQUIRE(run(create_command, {path, "/g"}).code == exit_ok); }

    outcome add(std::vector<std::string> args) { return with_file(add_command, std::move(args)); }
    outcome set(std::vector<std::string> args) { return with_file(set_command, std::move(args)); }
    outcome rm(std::vector<std::string> args) { return with_file(rm_command, std::move(args)); }
    std::string read(std::string const& what) const
    {
        return run(read_command, {path, what, "--format", "json"}).out;
    }
    std::string attrs(std::string const& what) const
    {
        return run(attrs_command, {path, what}).out;
    }

    outcome with_file(int (*command)(arguments, environment&), std::vector<std::string> args) const
    {
        args.insert(args.begin(), path);
        return run(command, args);
    }

    scratch_folder folder;
    std::string path = folder / "x.lindi.tar";
    std::string table = folder.add("t.csv", "1,2\n3,4\n");
};

}  // namespace

TEST_CASE("create: an older file stays as it is, unless it is to be replaced")
{
    edited f;
    REQUIRE(f.add({"/g/d", f.table}).code == exit_ok);
    auto const refused = run(create_command, {f.path});
    CHECK(refused.code == exit_failed);
    CHECK(line_count(refused.err) == 1);
    CHECK(f.read("/g/d") == "[[1,2],\n[3,4]]\n");
    CHECK(run(create_command, {f.path, "--replace"}).code == exit_ok);
    CHECK(run(ls_command, {f.path}).out.empty());
}

TEST_CASE("add: tables, rows behind them, and parts")
{
    edited f;
    REQUIRE(
        f.add({"/g/d", f.table, "--chunks", "1,2", "--compress", "gzip", "--shuffle"}).code ==
        exit_ok
    );
    REQUIRE(f.add({"/g/d", f.table, "--append"}).code == exit_ok);
    REQUIRE(f.add({"/g/d", f.folder.add("one.csv", "-9"), "--at", "-1, 0"}).code == exit_ok);
    CHECK(f.read("/g/d") == "[[1,2],\n[3,4],\n[1,2],\n[-9,4]]\n");
    REQUIRE(f.add({"/g/f", f.table, "--type", "float32", "--fill", "7"}).code == exit_ok);
    CHECK(f.read("/g/f") == "[[1.0,2.0],\n[3.0,4.0]]\n");
    REQUIRE(
        f.add({"/g/s", f.folder.add("s.csv", "a\n\"b,c\"\n"), "--type", "text"}).code == exit_ok
    );
    CHECK(f.read("/g/s") == "[\"a\",\"b,c\"]\n");
    auto const raw = f.folder.add("raw", std::string("\1\0\2\0\3\0\4\0", 8));
    REQUIRE(f.add({"/g/r", raw, "--type", "int16", "--shape", "2,2"}).code == exit_ok);
    CHECK(f.read("/g/r") == "[[1,2],\n[3,4]]\n");
    REQUIRE(f.add({"/g/r", f.table, "--replace", "--type", "uint8"}).code == exit_ok);
    CHECK(f.read("/g/r") == "[[1,2],\n[3,4]]\n");
}

TEST_CASE("add: what does not fit is refused, and the file stays as it was")
{
    edited f;
    REQUIRE(f.add({"/g/d", f.table}).code == exit_ok);
    auto const before = read_file(f.path);
    CHECK(f.add({"/g/d", f.table}).code == exit_failed);
    CHECK(f.add({"/g/d", f.folder.add("three.csv", "1,2,3"), "--append"}).code == exit_failed);
    CHECK(f.add({"/g/d", f.table, "--at", "0"}).code == exit_failed);
    CHECK(f.add({"/g/d", f.folder.add("half.csv", "0.5"), "--at", "0, 0"}).code == exit_failed);
    CHECK(f.add({"/g/x", f.folder / "nowhere.npy"}).code == exit_failed);
    CHECK(f.add({"/g/x", f.folder.add("x.npy", "no array")}).code == exit_failed);
    CHECK(f.add({"/g/x", f.folder.add("x.raw", "abc")}).code == exit_failed);
    CHECK(
        f.add({"/g/x", f.folder / "x.raw", "--type", "int16", "--shape", "2"}).code == exit_failed
    );
    CHECK(f.add({"/g/x", f.table, "--chunks", "a"}).code == exit_usage);
    CHECK(f.add({"/g/d", f.table, "--append", "--replace"}).code == exit_usage);
    CHECK(read_file(f.path) == before);
}

TEST_CASE("set: JSON, texts and what --type makes of them")
{
    edited f;
    CHECK(f.set({"/g@a", "V"}).code == exit_ok);
    CHECK(f.set({"/g@b", "-1.5"}).code == exit_ok);
    CHECK(f.set({"/g@c", "7", "--type", "text"}).code == exit_ok);
    CHECK(f.set({"/g@d", "7", "--type", "float"}).code == exit_ok);
    CHECK(f.set({"@e", "/g", "--type", "reference"}).code == exit_ok);
    CHECK(f.set({"/g@f", "[[1, 2], [3, 4]]"}).code == exit_ok);
    auto const shown = f.attrs("/g");
    CHECK(has_line(shown, "a  utf8 string  scalar  \"V\""));
    CHECK(has_line(shown, "b  float64  scalar  -1.5"));
    CHECK(has_line(shown, "c  utf8 string  scalar  \"7\""));
    CHECK(has_line(shown, "d  float64  scalar  7.0"));
    CHECK(f.attrs("/").find("</g>") != std::string::npos);
    CHECK(f.set({"/g", "V"}).code == exit_usage);
    CHECK(f.set({"/g@x", "1.5", "--type", "int"}).code == exit_usage);
    CHECK(f.set({"/g@x", "a", "--type", "float"}).code == exit_usage);
    CHECK(f.set({"/g@x", "null"}).code == exit_failed);
    CHECK(f.set({"/nowhere@x", "1"}).code == exit_failed);
    CHECK(f.set({"/g@x", "/nowhere", "--type", "reference"}).code == exit_failed);
}

TEST_CASE("rm, mv and ln: objects, attributes and links")
{
    edited f;
    REQUIRE(f.add({"/g/d", f.table}).code == exit_ok);
    REQUIRE(f.set({"/g/d@a", "1"}).code == exit_ok);
    CHECK(f.with_file(mv_command, {"/g", "/h/i"}).code == exit_ok);
    CHECK(f.with_file(ln_command, {"/h/i/d", "/l"}).code == exit_ok);
    CHECK(f.read("/l") == "[[1,2],\n[3,4]]\n");
    CHECK(f.rm({"/h/i/d@a"}).code == exit_ok);
    CHECK(f.attrs("/h/i/d").empty());
    CHECK(f.rm({"/h/i/d@a"}).code == exit_failed);
    CHECK(f.rm({"/l", "/nowhere"}).code == exit_failed);
    CHECK(f.read("/l") == "[[1,2],\n[3,4]]\n");
    CHECK(f.rm({"/l", "/h"}).code == exit_ok);
    CHECK(run(ls_command, {f.path}).out.empty());
}

TEST_CASE("cp: within a file, and from another one")
{
    edited f;
    REQUIRE(f.add({"/g/d", f.table}).code == exit_ok);
    CHECK(run(cp_command, {f.path + ":/g/d", f.path + ":/h/e"}).code == exit_ok);
    CHECK(f.read("/h/e") == "[[1,2],\n[3,4]]\n");
    CHECK(run(cp_command, {f.path + ":/g", f.path + ":/h"}).code == exit_ok);
    CHECK(f.read("/h/g/d") == "[[1,2],\n[3,4]]\n");
    CHECK(run(cp_command, {sample + ":/acquisition/raw/data", f.path + ":/raw"}).code == exit_ok);
    CHECK(
        f.read("/raw[10:1600:500, 2]") ==
        run(read_command, {sample, "/acquisition/raw/data[10:1600:500, 2]", "--format", "json"}).out
    );
    CHECK(run(cp_command, {sample + ":/nowhere", f.path + ":/x"}).code == exit_failed);
    CHECK(run(cp_command, {f.path + ":/g", f.path + ":/g/x"}).code == exit_failed);
}

TEST_CASE("--dry-run: says what would be done, and writes nothing")
{
    edited f;
    auto const before = read_file(f.path);
    auto const files = f.folder.file_count();
    CHECK(f.add({"/g/d", f.table, "-n"}).out == "would add /g/d: <i8 [2, 2] in chunks of [2, 2]\n");
    CHECK(f.set({"/g@a", "1", "-n"}).out == "would set /g@a to 1\n");
    CHECK(f.rm({"/g", "-n"}).out == "would remove /g\n");
    CHECK(f.rm({"/x", "-n"}).code == exit_failed);
    CHECK(run(create_command, {f.folder / "new.lindi.d", "-n"}).code == exit_ok);
    CHECK(read_file(f.path) == before);
    CHECK(f.folder.file_count() == files);
}

TEST_CASE("amend: a new file over another one, never over its own work")
{
    scratch_folder const folder;
    auto const path = folder / "mine.lindi.tar";
    CHECK(run(amend_command, {sample, "-o", path}).code == exit_ok);
    CHECK(run(set_command, {path, "/units@mine", "1"}).code == exit_ok);
    CHECK(run(amend_command, {sample, "-o", path}).code == exit_failed);
    CHECK(run(attrs_command, {path, "/units"}).out.find("mine") != std::string::npos);
}

TEST_CASE("commands that write have help with examples, and refuse URLs")
{
    for (auto* const command :
         {create_command,
          add_command,
          set_command,
          rm_command,
          mv_command,
          ln_command,
          cp_command,
          amend_command}) {
        auto const help = run(command, {"--help"});
        CHECK(help.code == exit_ok);
        CHECK(help.out.find("Example") != std::string::npos);
        CHECK(run(command, {}).code == exit_usage);
    }
    CHECK(run(set_command, {"https://example.org/x.lindi.json", "/@a", "1"}).code == exit_failed);
}
