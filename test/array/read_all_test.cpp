// Whole datasets against what libhdf5 reads: lib/array/read.cpp.
#include "chopped_source.hpp"
#include "failing_source.hpp"
#include "file_builder.hpp"
#include "sample_file.hpp"
#include "walked_file.hpp"

#include <lindi/array/read.hpp>

#include <doctest/doctest.h>
#include <zlib.h>

namespace lindi::array {
namespace {

using test::facts_of;
using test::sample_file;
using test::walked_file;

constexpr std::uint64_t plenty = 1 << 30;

auto const samples = {"old", "narrow", "latest", "indexes", "shared", "values", "hdf5_2"};

TEST_CASE("read all: every dataset holds what libhdf5 reads, byte for byte")
{
    for (auto const* const name : samples) {
        walked_file file(sample_file(name));
        for (auto const& fact : facts_of(name, "data")) {
            CAPTURE(name);
            CAPTURE(fact.path);
            auto const content = file.run(read_all(file.file(), file.data(fact.path), plenty));
            REQUIRE(content.has_value());
            CHECK(content->size() == fact.number(0));
            CHECK(test::hash_of(*content) == fact.values[1]);
        }
    }
}

TEST_CASE("read all: the same without a chunk table, and from a source that is late")
{
    node::read_options without_tables;
    without_tables.load_chunks = [](node::dataset const&) { return false; };
    for (auto const* const name : samples) {
        auto const bytes_of_file = sample_file(name);
        test::chopped_source source(bytes_of_file, 3);
        walked_file file(source, {}, without_tables);
        for (auto const& fact : facts_of(name, "data")) {
            CAPTURE(name);
            CAPTURE(fact.path);
            auto const content = file.run(read_all(file.file(), file.data(fact.path), plenty));
            REQUIRE(content.has_value());
            CHECK(test::hash_of(*content) == fact.values[1]);
        }
    }
}

TEST_CASE("read all: elements never written are the fill value")
{
    walked_file file(sample_file("old"));
    auto const numbers_of = [&](std::string_view path) {
        auto const content = file.run(read_all(file.file(), file.data(path), plenty));
        REQUIRE(content.has_value());
        std::vector<int> out;
        for (std::size_t i = 0; i + 1 < content->size(); i += 2)
            out.push_back(static_cast<std::int16_t>(
                std::to_integer<unsigned>((*content)[i]) |
                std::to_integer<unsigned>((*content)[i + 1]) << 8
            ));
        return out;
    };
    // make_files.py: -7 but for 0 to 5 from element 4 on and 99 at 30; chunks of two.
    auto const sparse = numbers_of("/sparse");
    REQUIRE(sparse.size() == 40);
    for (int i = 0; i < 40; ++i)
        CHECK(
            sparse[static_cast<std::size_t>(i)] == (i >= 4 && i < 10 ? i - 4
                                                    : i == 30        ? 99
                                                                     : -7)
        );
}

TEST_CASE("read all: texts come with the heap objects that hold them")
{
    walked_file file(sample_file("values"));
    auto const& data = file.data("/texts");
    auto const content = file.run(read_all(file.file(), data, plenty));
    REQUIRE(content.has_value());
    CHECK(content->size() == 3 * data.type->size);
    cursor last(block_view{*content, 0}.sub(2 * data.type->size, data.type->size), "element");
    last.skip(4);
    auto const id = hdf5::read_global_heap_id(last, {});
    CHECK(as_text(file.graph().heap.find(id)->bytes) == "ccc");
}

TEST_CASE("read all: what is outside of the file is refused by name")
{
    walked_file file(sample_file("latest"));
    auto const content = file.run(read_all(file.file(), file.data("/outside"), plenty));
    REQUIRE(content.has_error());
    CHECK(content.error().code() == errc::unsupported);
    CHECK(content.error().detail() == "external raw data files");
}

TEST_CASE("read all: no more than the bytes allowed")
{
    walked_file file(sample_file("old"));
    auto const& data = file.data("/contiguous");
    CHECK(file.run(read_all(file.file(), data, 96)).has_value());
    CHECK(file.run(read_all(file.file(), data, 95)).error().code() == errc::too_large);
}

TEST_CASE("read all: memory is given back, so that a file can be read again and again")
{
    limits max;
    max.memory = 1'500'000;  // one reading is 400 kB or less
    walked_file file(sample_file("indexes"), max);
    auto const& data = file.data("/extensible_large");
    for (int i = 0; i < 10; ++i)
        CHECK(file.run(read_all(file.file(), data, plenty)).has_value());
}

TEST_CASE("read all: each read fails once, and is the error that comes back")
{
    node::read_options without_tables;
    without_tables.load_chunks = [](node::dataset const&) { return false; };
    for (auto const* const path :
         {"/btree2", "/extensible_large", "/fixed_paged", "/implicit", "/single_deflate"}) {
        CAPTURE(path);
        auto const content = sample_file("indexes");
        walked_file whole(content, {}, without_tables);
        auto const walk_reads = whole.stats().reads;
        auto const expected = *whole.run(read_all(whole.file(), whole.data(path), plenty));
        for (auto n = walk_reads;; ++n) {
            CAPTURE(n);
            test::failing_source source(content, n, test::failure::timed_out);
            walked_file file(source, {}, without_tables);
            auto const got = file.run(read_all(file.file(), file.data(path), plenty));
            if (!source.has_failed()) {
                CHECK(n > walk_reads);
                CHECK(*got == expected);
                break;
            }
            REQUIRE(got.has_error());
            CHECK(got.error().code() == std::errc::timed_out);
        }
    }
}

bytes deflated(bytes const& content)
{
    auto size = compressBound(content.size());
    bytes out(size);
    REQUIRE(
        compress2(
            reinterpret_cast<Bytef*>(out.data()),
            &size,
            reinterpret_cast<Bytef const*>(content.data()),
            content.size(),
            9
        ) == Z_OK
    );
    out.resize(size);
    return out;
}

/// A dataset "d" of bytes with this layout and these messages behind it.
walked_file file_with(
    test::file_builder& b,
    std::vector<std::uint64_t> const& extents,
    std::vector<test::message> more,
    limits const& max = {}
)
{
    more.push_back(test::dataspace(extents));
    more.push_back(test::datatype(test::integer_body(1)));
    auto const data = b.place(test::header(more));
    auto const root = b.place(test::header({test::link_info(), test::hard_link("d", data)}));
    return walked_file(b.finish(root), max);
}

test::message deflate_filter()
{
    // Version 2: one filter, deflate, no client values.
    return {
        hdf5::message_type::filter_pipeline,
        test::byte_writer().u8(2).u8(1).u16(1).u16(0).u16(0).take()};
}

TEST_CASE("read all: an unreadable dataset is refused with what hides its data")
{
    test::file_builder b;
    std::vector<test::message> const broken{{hdf5::message_type::layout, bytes(3, std::byte{9})}};
    auto file = file_with(b, {4}, broken);
    auto const got = file.run(read_all(file.file(), file.data("/d"), plenty));
    REQUIRE(got.has_error());
    CHECK(got.error().code() == errc::unsupported_version);
}

TEST_CASE("read all: storage that ends before the elements do is refused, not filled up")
{
    test::file_builder b;
    auto const raw = b.reserve(16);
    auto file = file_with(b, {16}, {test::contiguous_layout(raw, 15)});
    CHECK(
        file.run(read_all(file.file(), file.data("/d"), plenty)).error().code() == errc::bad_value
    );

    test::file_builder compact;
    test::message const layout{
        hdf5::message_type::layout, test::byte_writer().u8(3).u8(0).u16(3).zeros(3).take()};
    auto short_file = file_with(compact, {4}, {layout});
    CHECK(
        short_file.run(read_all(short_file.file(), short_file.data("/d"), plenty)).error().code() ==
        errc::bad_value
    );
}

TEST_CASE("read all: a fill value of another size is refused")
{
    test::file_builder b;
    // Version 3: defined by the user, 2 bytes.
    test::message const fill{
        hdf5::message_type::fill_value, test::byte_writer().u8(3).u8(0x2a).u32(2).u16(7).take()};
    auto file = file_with(b, {4}, {fill, test::contiguous_layout(test::nowhere, 4)});
    CHECK(
        file.run(read_all(file.file(), file.data("/d"), plenty)).error().code() == errc::bad_value
    );
}

TEST_CASE("read all: a chunk that decodes to another size is refused")
{
    for (std::size_t const size : {3U, 5U}) {
        test::file_builder b;
        auto const stored = deflated(bytes(size, std::byte{1}));
        auto const raw = b.place(stored);
        auto const tree =
            b.place(test::chunk_node(0, {{{0}, raw, static_cast<std::uint32_t>(stored.size())}}));
        auto file = file_with(b, {4}, {test::chunked_layout(tree, {4}, 1), deflate_filter()});
        REQUIRE(file.problems().empty());
        auto const got = file.run(read_all(file.file(), file.data("/d"), plenty));
        REQUIRE(got.has_error());
        CHECK(got.error().at() >= raw);
        CHECK(got.error().at() <= raw + stored.size());
    }
}

TEST_CASE("read all: small chunks that decode to large ones are work that is counted")
{
    test::file_builder b;
    constexpr std::uint32_t chunk = 8 << 20;
    auto const stored = deflated(bytes(chunk));
    auto const raw = b.place(stored);
    std::vector<test::stored_at> all;
    for (std::uint64_t i = 0; i < 50; ++i)
        all.push_back({{i * chunk}, raw, static_cast<std::uint32_t>(stored.size())});
    auto const tree = b.place(test::chunk_node(0, all));
    limits max;
    max.bytes_read = 100 << 20;
    auto file =
        file_with(b, {50 * chunk}, {test::chunked_layout(tree, {chunk}, 1), deflate_filter()}, max);
    auto const got = file.run(read_all(file.file(), file.data("/d"), plenty));
    REQUIRE(got.has_error());
    CHECK(got.error().detail() == "limit on bytes read, 104857600");
}

TEST_CASE("read all: a filter that is not there is named")
{
    test::file_builder b;
    auto const raw = b.reserve(4);
    auto const tree = b.place(test::chunk_node(0, {{{0}, raw, 4}}));
    test::message const filter{
        hdf5::message_type::filter_pipeline,
        test::byte_writer().u8(2).u8(1).u16(512).u16(5).u16(0).u16(0).text("mine\0").u8(0).take()};
    auto file = file_with(b, {4}, {test::chunked_layout(tree, {4}, 1), filter});
    auto const got = file.run(read_all(file.file(), file.data("/d"), plenty));
    REQUIRE(got.has_error());
    CHECK(got.error().code() == errc::missing_filter);
    CHECK(got.error().message().find("512") != std::string::npos);
}

}  // namespace
}  // namespace lindi::array
