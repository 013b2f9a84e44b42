#include "scratch_folder.hpp"

#include <lindi/io/folder.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include <sys/stat.h>

using namespace lindi;
using namespace lindi::io;
using namespace lindi::test;
namespace fs = std::filesystem;

namespace {

void write_file(fs::path const& path, std::string const& content)
{
    std::ofstream(path, std::ios::binary) << content;
}

/// A folder "data" with files, beside "secret", which nobody may see.
struct sample_folders {
    scratch_folder all;
    fs::path data = all.path() / "data";
    fs::path secret = all.path() / "secret";

    sample_folders()
    {
        fs::create_directories(data / "below");
        fs::create_directories(all.path() / "database");
        write_file(data / "main.h5", "main");
        write_file(data / "other.h5", "other");
        write_file(data / "below" / "deep.h5", "deep");
        write_file(secret, "secret");
        write_file(all.path() / "database" / "near.h5", "near");
    }

    std::unique_ptr<folder> open() const
    {
        return folder::around((data / "main.h5").string()).value();
    }
};

std::string content_of(source& from)
{
    std::string out;
    from.fetch({{0, from.size()}}, [&](answers got) {
        REQUIRE(got[0].has_value());
        out = as_text(got[0]->view.bytes);
    });
    return out;
}

std::error_code refusal(folder& in, std::string const& name)
{
    auto const got = in.open(name);
    REQUIRE(got.has_error());
    // whoever reads the message learns which name it was
    CHECK(got.error().message().find(name.substr(0, name.find('\0'))) != std::string::npos);
    return got.error().code();
}

}  // namespace

TEST_CASE("folder: files in it and below it are opened by name")
{
    sample_folders const made;
    auto const in = made.open();
    CHECK(content_of(**in->open("other.h5")) == "other");
    CHECK(content_of(**in->open("./other.h5")) == "other");
    CHECK(content_of(**in->open("below/deep.h5")) == "deep");
    CHECK(content_of(**in->open((made.data / "other.h5").string())) == "other");
    CHECK((*in->open("below//deep.h5"))->name() == fs::canonical(made.data / "below/deep.h5"));
}

TEST_CASE("folder: the working directory is that of a name without one")
{
    sample_folders const made;
    auto const before = fs::current_path();
    fs::current_path(made.data);
    auto const in = folder::around("main.h5");
    fs::current_path(before);
    REQUIRE(in.has_value());
    CHECK(content_of(**(*in)->open("other.h5")) == "other");
}

TEST_CASE("folder: what is not there is not found")
{
    sample_folders const made;
    auto const in = made.open();
    CHECK(refusal(*in, "no.h5") == errc::not_found);
    CHECK(refusal(*in, "no/no.h5") == errc::not_found);
    CHECK(refusal(*in, "other.h5/no.h5") == errc::not_found);
    CHECK(folder::around(made.all.file("no/main.h5")).error().code() == errc::not_found);
}

TEST_CASE("folder: names that lead out are refused")
{
    sample_folders const made;
    auto const in = made.open();
    for (auto const& name : {
             std::string("../secret"),
             std::string(".."),
             std::string("below/../other.h5"),
             std::string("below/../../secret"),
             made.secret.string(),
             (made.data / "../secret").string(),
             (made.all.path() / "database/near.h5").string(),
             std::string("/etc/passwd"),
             std::string("/no/such/file"),
         }) {
        CAPTURE(name);
        CHECK(refusal(*in, name) == errc::unsupported);
    }
    CHECK(in->open("").error().code() == errc::unsupported);
    CHECK(in->open(std::string("other.h5\0x", 10)).error().code() == errc::unsupported);
}

TEST_CASE("folder: links are followed inside of it only")
{
    sample_folders const made;
    fs::create_symlink("other.h5", made.data / "inside.h5");
    fs::create_symlink("../secret", made.data / "outside.h5");
    fs::create_symlink(made.secret, made.data / "absolute.h5");
    fs::create_directory_symlink(made.all.path() / "database", made.data / "elsewhere");
    fs::create_symlink("circle.h5", made.data / "circle.h5");
    auto const in = made.open();
    CHECK(content_of(**in->open("inside.h5")) == "other");
    CHECK(refusal(*in, "outside.h5") == errc::unsupported);
    CHECK(refusal(*in, "absolute.h5") == errc::unsupported);
    CHECK(refusal(*in, "elsewhere/near.h5") == errc::unsupported);
    CHECK(refusal(*in, "circle.h5") == std::errc::too_many_symbolic_link_levels);
}

TEST_CASE("folder: only regular files are opened")
{
    sample_folders const made;
    REQUIRE(::mkfifo((made.data / "pipe.h5").c_str(), 0600) == 0);
    fs::create_symlink("/dev/zero", made.data / "zero.h5");
    auto const in = made.open();
    CHECK(refusal(*in, "pipe.h5") == errc::unsupported);
    CHECK(refusal(*in, "below") == errc::unsupported);
    CHECK(refusal(*in, ".") == errc::unsupported);
    CHECK(refusal(*in, "zero.h5") == errc::unsupported);
}

TEST_CASE("folder: a folder behind a link is the one that the caller named")
{
    sample_folders const made;
    fs::create_directory_symlink(made.data, made.all.path() / "alias");
    auto const in = folder::around(made.all.file("alias/main.h5"));
    REQUIRE(in.has_value());
    CHECK(content_of(**(*in)->open("other.h5")) == "other");
    CHECK(content_of(**(*in)->open(made.all.file("alias/other.h5"))) == "other");
}
