// What is known of datasets besides their chunks: lib/node/dataset_reader.cpp.
#include "file_builder.hpp"
#include "sample_file.hpp"
#include "walked_file.hpp"

#include <doctest/doctest.h>

namespace lindi::node {
namespace {

using hdf5::layout_class;
using test::sample_file;
using test::walked_file;

TEST_CASE("dataset: layouts, shapes and fill values of h5py's files")
{
    walked_file const old(sample_file("old"));
    CHECK(old.data("/contiguous").layout == layout_class::contiguous);
    CHECK(old.data("/contiguous").contiguous_size == 96);
    CHECK(old.data("/contiguous").offset.has_value());
    CHECK(old.data("/contiguous").chunk_grid().empty());
    CHECK_FALSE(old.data("/unwritten").offset.has_value());
    CHECK(
        old.data("/unwritten").fill.value ==
        bytes{std::byte{0}, std::byte{0}, std::byte{0}, std::byte{11}}
    );
    CHECK(old.data("/scalar").space.what == hdf5::dataspace::kind::scalar);
    CHECK(old.data("/null").space.what == hdf5::dataspace::kind::null);
    CHECK(old.data("/sparse").space.max_extents == std::vector{hdf5::dataspace::unlimited});
    CHECK(old.data("/chunked").chunk_grid() == std::vector<std::uint64_t>{4, 3});
    CHECK(old.data("/empty").chunk_grid_size() == 0);
    CHECK(old.data("/chunked").filters.filters.size() == 2);

    walked_file const latest(sample_file("latest"));
    CHECK(latest.data("/packed").layout == layout_class::compact);
    CHECK(latest.data("/packed").compact.size() == 8);
    auto const& outside = latest.data("/outside");
    REQUIRE(outside.external.size() == 1);
    CHECK(outside.external[0].name == "raw.bin");
    CHECK(outside.external[0].offset == 16);
    CHECK(outside.external[0].size == 12);
    auto const& mapped = latest.data("/virtual");
    CHECK(mapped.layout == layout_class::virtual_);
    REQUIRE(mapped.mappings.size() == 1);
    CHECK(*mapped.mappings[0].source_file == ".");
    CHECK(*mapped.mappings[0].source_dataset == "typed");

    walked_file const indexes(sample_file("indexes"));
    CHECK(indexes.data("/fixed_edges").chunking.partial_edges_unfiltered);
    CHECK_FALSE(indexes.data("/fixed_deflate").chunking.partial_edges_unfiltered);
}

TEST_CASE("dataset: messages that the file shares are the dataset's")
{
    walked_file const file(sample_file("shared"));
    for (auto const* const path : {"/d0", "/d1", "/d2"}) {
        CAPTURE(path);
        auto const& data = file.data(path);
        CHECK(data.space.extents == std::vector<std::uint64_t>{6});
        CHECK(data.type->size == 4);
        CHECK(data.fill.value.at(0) == std::byte{3});
        CHECK(data.filters.filters.size() == 1);
    }
}

/// A file whose root has one dataset "d" of these messages and a sound one, "sound".
walked_file file_with(std::vector<test::message> const& messages)
{
    test::file_builder b;
    auto const raw = b.reserve(64);
    auto const data = b.place(test::header(messages));
    auto const sound = b.place(test::header(
        {test::dataspace({4}),
         test::datatype(test::integer_body(4)),
         test::contiguous_layout(raw, 16)}
    ));
    auto const root = b.place(test::header(
        {test::link_info(), test::hard_link("d", data), test::hard_link("sound", sound)}
    ));
    return walked_file(b.finish(root));
}

test::message const space = test::dataspace({4});
test::message const type = test::datatype(test::integer_body(4));

TEST_CASE("dataset: damage that hides the data makes it unreadable, type and shape stay")
{
    using hdf5::message_type;
    test::message const layout = test::contiguous_layout(48, 16);
    for (auto const& damage : std::vector<std::vector<test::message>>{
             {},
             {{message_type::layout, bytes(3, std::byte{9})}},
             {layout, {message_type::fill_value, bytes(1, std::byte{9})}},
             {layout, {message_type::filter_pipeline, bytes(1, std::byte{9})}},
             {layout, {message_type::external_files, bytes(1, std::byte{9})}},
             {test::chunked_layout(48, {2, 2}, 4)},
             {test::contiguous_layout(48, 15)},
             {test::contiguous_layout(1'000'000, 16)},
             {test::contiguous_layout(~std::uint64_t{1}, 16)}}) {
        CAPTURE(damage.size());
        std::vector<test::message> messages{space, type};
        messages.insert(messages.end(), damage.begin(), damage.end());
        auto const file = file_with(messages);
        REQUIRE(file.opened().has_value());
        CHECK(file.data("/d").unreadable.has_value());
        CHECK(file.data("/d").space.extents == std::vector<std::uint64_t>{4});
        CHECK(file.problems().size() == 1);
        CHECK_FALSE(file.data("/sound").unreadable.has_value());
    }
}

TEST_CASE("dataset: without type or shape there is none, its sibling is read")
{
    for (auto const& messages : std::vector<std::vector<test::message>>{
             {space, test::datatype(bytes(3, std::byte{0xff}))},
             {test::message{hdf5::message_type::dataspace, bytes(1, std::byte{9})}, type}}) {
        auto const file = file_with(messages);
        REQUIRE(file.opened().has_value());
        CHECK(file.at("/d").kind == object_kind::dataset);
        CHECK(file.at("/d").dataset == nullptr);
        CHECK(file.problems().size() == 1);
        CHECK(file.at("/sound").dataset != nullptr);
    }
}

TEST_CASE("dataset: an address and a user block that together do not fit 64 bits")
{
    test::file_builder b;
    auto const data =
        b.place(test::header({space, type, test::contiguous_layout(~std::uint64_t{300}, 16)}));
    auto const root = b.place(test::header({test::link_info(), test::hard_link("d", data)}));
    auto content = b.finish(root);
    content.insert(content.begin(), 512, std::byte{0});
    walked_file const file(content);
    REQUIRE(file.opened().has_value());
    CHECK(file.data("/d").unreadable.has_value());
    CHECK_FALSE(file.data("/d").offset.has_value());
}

}  // namespace
}  // namespace lindi::node
