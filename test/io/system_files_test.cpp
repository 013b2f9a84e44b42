#include "scratch_folder.hpp"

#include <lindi/core/bytes.hpp>
#include <lindi/io/file_layer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <sys/stat.h>

using namespace lindi;
using io::file_layer;

namespace {

void write(std::string const& path, std::string const& content)
{
    std::ofstream(path, std::ios::binary) << content;
}

std::string read(std::string const& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("system files: bytes are written and read where they should be")
{
    test::scratch_folder const folder;
    auto& files = io::system_files();
    auto const file = files.create(folder.file("x")).value();
    REQUIRE(file->write(3, as_bytes("abc")).has_value());
    CHECK(file->size().value() == 6);
    std::array<std::byte, 10> got{};
    CHECK(file->read(2, got).value() == 4);
    CHECK(as_text(std::span(got).first(4)) == std::string_view("\0abc", 4));
    CHECK(file->read(6, got).value() == 0);
    REQUIRE(file->set_size(4).has_value());
    REQUIRE(file->sync().has_value());
    CHECK(read(folder.file("x")) == std::string("\0\0\0a", 4));
    CHECK(files.create(folder.file("x")).error().code() == std::errc::file_exists);
    CHECK(
        files.open(folder.file("y"), file_layer::access::read).error().code() ==
        std::errc::no_such_file_or_directory
    );
    auto const reading = files.open(folder.file("x"), file_layer::access::read).value();
    CHECK(reading->write(0, as_bytes("x")).has_error());
}

TEST_CASE("system files: a file without a name is nowhere until it gets one")
{
    test::scratch_folder const folder;
    auto& files = io::system_files();
    auto const count = [&] {
        return std::distance(std::filesystem::directory_iterator(folder.path()), {});
    };
    auto const path = folder.file("x");
    {
        auto const dropped = files.create_unnamed(path).value();
        REQUIRE(dropped->write(0, as_bytes("dropped")).has_value());
    }
    CHECK(count() == 0);
    auto const first = files.create_unnamed(path).value();
    REQUIRE(first->write(0, as_bytes("first")).has_value());
    REQUIRE(files.publish(*first, path, false).has_value());
    CHECK(read(path) == "first");
    CHECK(files.is_at(*first, path).value());
    auto const second = files.create_unnamed(path).value();
    REQUIRE(second->write(0, as_bytes("second")).has_value());
    CHECK(files.publish(*second, path, false).error().code() == std::errc::file_exists);
    CHECK(read(path) == "first");
    REQUIRE(::chmod(path.c_str(), 0640) == 0);
    REQUIRE(files.publish(*second, path, true).has_value());
    CHECK(read(path) == "second");
    CHECK_FALSE(files.is_at(*first, path).value());
    CHECK(
        std::filesystem::status(path).permissions() ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write |
         std::filesystem::perms::group_read)
    );
    CHECK(count() == 1);
    REQUIRE(files.sync_folder(folder.path().string()).has_value());
}

TEST_CASE("system files: the lock is one handle's, and goes with it")
{
    test::scratch_folder const folder;
    auto& files = io::system_files();
    auto const path = folder.file("x");
    write(path, "");
    auto first = files.open(path, file_layer::access::write).value();
    auto const second = files.open(path, file_layer::access::write).value();
    REQUIRE(first->lock().has_value());
    CHECK(first->lock().has_value());
    CHECK(second->lock().error().code() == std::errc::resource_unavailable_try_again);
    first.reset();
    CHECK(second->lock().has_value());
    auto const whole = files.open(folder.path().string(), file_layer::access::read).value();
    CHECK(whole->lock().has_value());
}

TEST_CASE("system files: kinds, links, folders")
{
    test::scratch_folder const folder;
    auto& files = io::system_files();
    write(folder.file("file"), "x");
    std::filesystem::create_symlink("file", folder.file("link"));
    REQUIRE(files.make_folder(folder.file("folder")).has_value());
    CHECK(files.make_folder(folder.file("folder")).error().code() == std::errc::file_exists);
    CHECK(files.kind(folder.file("file")).value() == io::path_kind::file);
    CHECK(files.kind(folder.file("link")).value() == io::path_kind::file);
    CHECK(files.kind(folder.file("folder")).value() == io::path_kind::folder);
    CHECK(files.kind(folder.file("nothing")).value() == io::path_kind::nothing);
    CHECK(files.kind(folder.file("file/below")).value() == io::path_kind::nothing);
    CHECK(files.kind("/dev/null").value() == io::path_kind::other);
    CHECK(files.resolved(folder.file("link")) == files.resolved(folder.file("file")));
    CHECK(files.resolved("not/there").starts_with('/'));
    CHECK(
        files.list(folder.path().string()).value() ==
        std::vector<std::string>{"file", "folder", "link"}
    );
    CHECK(files.remove(folder.file("link")).has_value());
    CHECK(read(folder.file("file")) == "x");
    CHECK(files.remove(folder.file("folder")).has_value());
    CHECK(files.remove(folder.file("folder")).has_error());
    CHECK(files.list(folder.file("folder")).has_error());
}
