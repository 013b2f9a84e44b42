#include "scratch_folder.hpp"

#include <lindi/dandi/local.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace lindi;
using namespace lindi::dandi;

namespace {

std::vector<asset> list_all(asset_source& from)
{
    std::vector<asset> out;
    auto const parts = from.parts();
    REQUIRE(parts.has_value());
    for (auto const& part : *parts) {
        auto const done = part.list([&](asset one) -> result<void> {
            out.push_back(std::move(one));
            return {};
        });
        CHECK(done.has_value());
    }
    return out;
}

}  // namespace

TEST_CASE("list: each URL gets an id that is its own, and the same each time")
{
    std::string const text = "https://example.org/1/a.nwb\n\nhttps://example.org/2/a.nwb?x=y\n";
    std::istringstream first(text);
    std::istringstream again(text);
    auto const one = list_all(*list_of(first, "list", {.glob = "*"}));
    auto const two = list_all(*list_of(again, "list", {.glob = "*"}));
    REQUIRE(one.size() == 2);
    CHECK(one == two);
    CHECK(one[0].id != one[1].id);
    CHECK(one[0].path == one[0].id + "/a.nwb");
    CHECK(one[1].path == one[1].id + "/a.nwb");
}

TEST_CASE("list: a line that is none says where")
{
    std::istringstream lines("https://example.org/a.nwb\n{\"id\":1}\n");
    auto const source = list_of(lines, "my list", {.glob = "*"});
    auto const done = source->parts()->front().list([](asset const&) { return result<void>(); });
    REQUIRE(done.has_error());
    CHECK(done.error().message().find("my list, line 2") != std::string::npos);
}

TEST_CASE("tree: files below a folder, with sizes and references")
{
    test::scratch_folder const folder;
    std::filesystem::create_directories(folder.path() / "sub 1");
    std::ofstream(folder.file("sub 1/a.nwb")) << "12345";
    std::ofstream(folder.file("b.txt")) << "1";
    std::filesystem::create_symlink(folder.file("sub 1/a.nwb"), folder.file("c.nwb"));
    auto const all = list_all(*files_below(folder.path().string(), "https://example.org/data", {}));
    REQUIRE(all.size() == 1);
    CHECK(all[0].path == "sub 1/a.nwb");
    CHECK(all[0].size == 5);
    CHECK(all[0].url == folder.file("sub 1/a.nwb"));
    CHECK(all[0].reference == "https://example.org/data/sub%201/a.nwb");
    CHECK_FALSE(all[0].modified.empty());
    CHECK(files_below(folder.file("nowhere"), "", {})->parts().error().code() == errc::not_found);
}
