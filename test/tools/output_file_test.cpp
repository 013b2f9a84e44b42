#include "output_file.hpp"
#include "run_command.hpp"

#include <doctest/doctest.h>

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

using namespace lindi::tools;

TEST_CASE("output file: it is there after commit, and nothing else is")
{
    scratch_folder const folder;
    auto const path = folder / "a.json";
    {
        auto const file = output_file::create(path);
        REQUIRE(file.has_value());
        REQUIRE((*file)->write("text").has_value());
        CHECK_FALSE(std::filesystem::exists(path));
        REQUIRE((*file)->commit().has_value());
    }
    CHECK(read_file(path) == "text");
    CHECK(folder.file_count() == 1);
}

TEST_CASE("output file: without commit the older file stays")
{
    scratch_folder const folder;
    auto const path = folder.add("a.json", "old");
    {
        auto const file = output_file::create(path);
        REQUIRE(file.has_value());
        REQUIRE((*file)->write("new").has_value());
    }
    CHECK(read_file(path) == "old");
    CHECK(folder.file_count() == 1);
}

TEST_CASE("output file: an older file is replaced, also behind a symbolic link")
{
    scratch_folder const folder;
    auto const path = folder.add("a.json", "old");
    std::filesystem::create_symlink(path, folder / "link.json");
    auto const file = output_file::create(folder / "link.json");
    REQUIRE(file.has_value());
    REQUIRE((*file)->write("new").has_value());
    REQUIRE((*file)->commit().has_value());
    CHECK(read_file(path) == "new");
    CHECK(std::filesystem::is_symlink(folder / "link.json"));
}

TEST_CASE("output file: a program killed half way leaves nothing")
{
    scratch_folder const folder;
    auto const path = folder / "a.json";
    auto const child = ::fork();
    if (child == 0) {
        auto const file = output_file::create(path);
        if (file && (*file)->write("half"))
            ::kill(::getpid(), SIGKILL);
        ::_exit(1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("output file: devices are written straight away, a full one is an error")
{
    CHECK(output_file::create("/dev/null").has_value());
    auto const full = output_file::create("/dev/full");
    REQUIRE(full.has_value());
    auto const written = (*full)->write("text");
    REQUIRE(written.has_error());
    CHECK(written.error().message() == "/dev/full: output: No space left on device");
    CHECK(output_file::create("/").has_error());
}
