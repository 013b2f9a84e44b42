#include "scratch_folder.hpp"

#include <lindi/io/file_source.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

namespace lindi::io {
namespace {

using test::scratch_folder;

std::string write_file(scratch_folder const& folder, std::string const& content)
{
    auto const path = folder.file("sample");
    std::ofstream(path, std::ios::binary) << content;
    return path;
}

answers fetch(source& from, std::vector<byte_range> wave)
{
    answers got;
    from.fetch(std::move(wave), [&](answers a) { got = std::move(a); });
    return got;
}

TEST_CASE("file source: reads ranges in order and counts requests and bytes")
{
    scratch_folder const folder;
    auto const path = write_file(folder, "0123456789");
    auto const file = file_source::open(path);
    REQUIRE(file.has_value());
    CHECK((*file)->name() == path);
    CHECK((*file)->size() == 10);
    CHECK_FALSE((*file)->resident({0, 1}).has_value());

    auto const got = fetch(**file, {{8, 2}, {0, 4}, {10, 0}});
    REQUIRE(got.size() == 3);
    CHECK(as_text(got[0]->view.bytes) == "89");
    CHECK(got[0]->view.at == 8);
    CHECK(as_text(got[1]->view.bytes) == "0123");
    CHECK(got[2]->view.size() == 0);
    CHECK((*file)->stats().requests == 2);
    CHECK((*file)->stats().bytes_fetched == 6);
}

TEST_CASE("file source: blocks outlive the source")
{
    scratch_folder const folder;
    answers got;
    {
        auto const file = file_source::open(write_file(folder, "0123456789"));
        got = fetch(**file, {{3, 3}});
    }
    CHECK(as_text(got[0]->view.bytes) == "345");
}

TEST_CASE("file source: an empty file is a file")
{
    scratch_folder const folder;
    auto const file = file_source::open(write_file(folder, ""));
    REQUIRE(file.has_value());
    CHECK((*file)->size() == 0);
}

TEST_CASE("file source: what is not a readable file is refused by path and reason")
{
    scratch_folder const folder;
    auto const missing = file_source::open(folder.file("missing"));
    REQUIRE(missing.has_error());
    CHECK(missing.error().code() == std::errc::no_such_file_or_directory);
    CHECK(missing.error().message() == folder.file("missing") + ": No such file or directory");

    auto const directory = file_source::open(folder.path());
    REQUIRE(directory.has_error());
    CHECK(directory.error().code() == std::errc::is_a_directory);

    auto const device = file_source::open("/dev/null");
    REQUIRE(device.has_error());
    CHECK(device.error().code() == errc::unsupported);
    CHECK(device.error().message() == "/dev/null: file: not supported (not a regular file)");
}

TEST_CASE("file source: a pipe is refused without waiting for a writer")
{
    scratch_folder const folder;
    auto const path = folder.file("pipe");
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    auto const pipe = file_source::open(path);
    REQUIRE(pipe.has_error());
    CHECK(pipe.error().code() == errc::unsupported);
}

TEST_CASE("file source: no permission is an error with the path")
{
    scratch_folder const folder;
    auto const path = write_file(folder, "0123456789");
    std::filesystem::permissions(path, std::filesystem::perms::none);
    // Root may read everything: be nobody for the moment.
    auto const user = ::geteuid();
    constexpr uid_t nobody = 65534;
    if (user == 0) {
        std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
        REQUIRE(::seteuid(nobody) == 0);
    }
    auto const refused = file_source::open(path);
    REQUIRE(::seteuid(user) == 0);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code() == std::errc::permission_denied);
}

TEST_CASE("file source: a file that shrinks meanwhile fails where it ends now; the rest is read")
{
    scratch_folder const folder;
    auto const path = write_file(folder, std::string(1000, 'x'));
    auto const file = file_source::open(path);
    std::filesystem::resize_file(path, 500);
    auto const got = fetch(**file, {{400, 200}, {700, 10}, {0, 500}});
    REQUIRE(got[0].has_error());
    CHECK(got[0].error().code() == errc::truncated);
    CHECK(got[0].error().at() == 500);
    CHECK(got[1].error().code() == errc::truncated);
    CHECK(got[2].has_value());
}

TEST_CASE("file source: offsets beyond 4 GiB")
{
    scratch_folder const folder;
    auto const path = write_file(folder, "");
    constexpr std::uint64_t size = std::uint64_t{5} << 30;
    std::filesystem::resize_file(path, size);  // a hole, no bytes on disk
    {
        std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(static_cast<std::streamoff>(size - 4));
        file << "tail";
    }
    auto const file = file_source::open(path);
    REQUIRE(file.has_value());
    CHECK((*file)->size() == size);
    CHECK(as_text(fetch(**file, {{size - 4, 4}})[0]->view.bytes) == "tail");
}

}  // namespace
}  // namespace lindi::io
