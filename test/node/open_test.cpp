// Superblock and its extension: lib/node/open.cpp.
#include "file_builder.hpp"
#include "hex.hpp"
#include "sample_file.hpp"
#include "walked_file.hpp"

#include <doctest/doctest.h>

namespace lindi::node {
namespace {

using test::sample_file;
using test::walked_file;

TEST_CASE("open: what the superblock says")
{
    walked_file const old(sample_file("old"));
    auto const& info = old.graph().file;
    CHECK(info.superblock.version == 1);  // K values of its own
    CHECK(info.k.chunk_k == 1);
    CHECK(info.k.group_internal_k == 1);
    CHECK(info.name == "sample.h5");
    CHECK(info.size == sample_file("old").size());

    walked_file const narrow(sample_file("narrow"));
    CHECK(narrow.graph().file.superblock.sizes.offsets == 4);
    CHECK(narrow.graph().file.superblock.base_address == 512);

    CHECK(walked_file(sample_file("latest")).graph().file.superblock.version == 3);
    CHECK(walked_file(sample_file("shared")).graph().file.shared_message_indexes == 1);
}

TEST_CASE("open: a user block put in front later moves everything")
{
    for (auto const* const name : {"old", "latest"})
        for (std::size_t const size : {512U, 1024U, 4096U}) {
            CAPTURE(name);
            CAPTURE(size);
            auto content = sample_file(name);
            content.insert(content.begin(), size, std::byte{0x20});
            walked_file const file(content);
            REQUIRE(file.opened().has_value());
            CHECK(file.problems().empty());
            walked_file const plain(sample_file(name));
            CHECK(file.graph().objects.size() == plain.graph().objects.size());
            CHECK(file.graph().file.superblock.base_address == size);
        }
    // Chunks are where they are in the file.
    auto content = sample_file("old");
    content.insert(content.begin(), 512, std::byte{0});
    walked_file const moved(content);
    walked_file const plain(sample_file("old"));
    CHECK(
        moved.data("/chunked").chunks->find(5)->offset ==
        plain.data("/chunked").chunks->find(5)->offset + 512
    );
    CHECK(*moved.data("/contiguous").offset == *plain.data("/contiguous").offset + 512);
}

TEST_CASE("open: a superblock where none may stand is not found")
{
    auto content = sample_file("latest");
    content.insert(content.begin(), 100, std::byte{0});
    walked_file const file(content);
    REQUIRE(file.opened().has_error());
    CHECK(file.opened().error().code() == errc::not_hdf5);
}

TEST_CASE("open: empty, short and other files are not HDF5")
{
    for (auto const& content : {bytes{}, bytes(7), bytes(100'000, std::byte{0x55})}) {
        walked_file const file(content);
        REQUIRE(file.opened().has_error());
        CHECK(file.opened().error().code() == errc::not_hdf5);
        CHECK(file.opened().error().at() == 0);
    }
}

TEST_CASE("open: a file cut anywhere ends in an error or in a graph with a problem")
{
    for (auto const* const name : {"narrow", "latest", "shared"}) {
        CAPTURE(name);
        auto const whole = sample_file(name);
        for (std::size_t size = 0; size < whole.size(); size += 97) {
            CAPTURE(size);
            walked_file const file(
                bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))
            );
            if (file.opened())
                CHECK_FALSE(file.graph().problems.empty());
            else
                CHECK_FALSE(file.opened().error().structure().empty());
        }
    }
}

TEST_CASE("open: damage of the extension is a problem of the file")
{
    test::file_builder b;
    auto const root = b.place(test::header({test::link_info()}));
    auto const extension = b.place(test::header({{hdf5::message_type::btree_k, bytes(1)}}));
    walked_file const file(b.finish(root, extension));
    REQUIRE(file.opened().has_value());
    REQUIRE(file.graph().problems.size() == 1);
    CHECK(file.problems()[0].starts_with("superblock extension: "));

    walked_file const nowhere(b.finish(root, 1'000'000));
    REQUIRE(nowhere.opened().has_value());
    CHECK(nowhere.graph().problems.size() == 1);
}

TEST_CASE("open: file space info that its last writer did not know is passed over")
{
    // the bytes of hdf5's paged_nopersist.h5, which say version 0 and are none
    auto const body = test::hex("00 01 00 | 01 00 00 00 00 00 00 00 | 00 10 00 00 00 00 00 00"
                                "00 0a 00 ff ff ff ff ff ff ff ff 00 00");
    auto const problems_with = [&body](std::uint8_t flags) {
        test::file_builder b;
        auto const root = b.place(test::header({test::link_info()}));
        auto const extension =
            b.place(test::header({{hdf5::message_type::file_space_info, body, flags}}));
        return walked_file(b.finish(root, extension)).problems();
    };
    CHECK(problems_with(0x34).empty());
    auto const known = problems_with(0x14);  // as in cve-2020-10810.h5, which libhdf5 refuses
    REQUIRE(known.size() == 1);
    CHECK(known[0].find("file space info message") != std::string::npos);
}

TEST_CASE("open: a file that is longer than it says is fine, one that is shorter is told")
{
    auto content = sample_file("latest");
    content.resize(content.size() + 1000);
    CHECK(walked_file(content).graph().problems.empty());
    content.resize(content.size() - 1001);
    walked_file const cut(content);
    REQUIRE(cut.graph().problems.size() == 1);
    CHECK(cut.problems()[0].find("the file should have") != std::string::npos);
}

}  // namespace
}  // namespace lindi::node
