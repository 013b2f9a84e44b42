#include "file_builder.hpp"
#include "sample_file.hpp"
#include "walked_file.hpp"

#include <lindi/node/value.hpp>

#include <doctest/doctest.h>

namespace lindi::node {
namespace {

using test::sample_file;
using test::walked_file;

/// Element `i` of an attribute.
value element_of(walked_file const& file, attribute const& a, std::size_t i = 0)
{
    auto const size = a.type->size;
    auto decoded = decode_value(*a.type, std::span(a.value).subspan(i * size, size), file.graph());
    REQUIRE(decoded.has_value());
    return std::move(*decoded);
}

std::int64_t number_of(value const& v)
{
    return std::get<std::int64_t>(v.is);
}

TEST_CASE("attributes: dense ones are all there, in order of the index, with their creation order")
{
    walked_file const file(sample_file("latest"));
    auto const& dense = file.at("/dense");
    CHECK(dense.dense_attributes);
    CHECK(dense.tracks_attribute_order);
    CHECK(dense.attributes.size() == 31);
    for (int i = 0; i < 30; ++i) {
        auto const& a = file.attribute(
            "/dense", "attribute" + std::string(i < 10 ? "0" : "") + std::to_string(i)
        );
        CHECK(number_of(element_of(file, a)) == i);
        CHECK(a.creation_order == static_cast<std::uint32_t>(i));
        CHECK(a.space.what == hdf5::dataspace::kind::scalar);
    }
    // 3000 numbers are too many for a block of the heap: a huge object.
    auto const& large = file.attribute("/dense", "long");
    REQUIRE(large.value.size() == 6000);
    CHECK(large.value[2 * 2999] == std::byte{2999 & 0xff});
}

TEST_CASE("attributes: compact ones")
{
    walked_file const file(sample_file("latest"));
    CHECK_FALSE(file.at("/typed").dense_attributes);
    auto const& typed = file.attribute("/typed", "typed");
    CHECK(number_of(element_of(file, typed, 0)) == 5);
    CHECK(number_of(element_of(file, typed, 1)) == 6);
}

TEST_CASE("attributes: committed types are one type, and know where they stand")
{
    walked_file const file(sample_file("latest"));
    auto const& type = file.at("/type");
    CHECK(type.kind == object_kind::datatype);
    CHECK(type.type->committed_at == type.address);
    CHECK(file.data("/typed").type->committed_at == type.address);
    CHECK(file.attribute("/typed", "typed").type == file.data("/typed").type);
}

TEST_CASE("attributes: types that stand in place are kept once for all of the same bytes")
{
    walked_file const file(sample_file("latest"));
    auto const& first = file.attribute("/dense", "attribute00");
    CHECK(file.attribute("/dense", "attribute29").type == first.type);
    CHECK(file.attribute("/dense", "long").type != first.type);
    CHECK(first.type->committed_at == hdf5::undefined_address);
}

TEST_CASE("attributes: those that the file shares are found in its heap")
{
    walked_file const file(sample_file("shared"));
    CHECK(file.graph().file.shared_message_indexes == 1);
    auto const& root = file.at("/");
    CHECK(root.attributes.size() == 12);
    // make_files.py: numbers 0 to 3, plus 1 from the seventh attribute on.
    CHECK(number_of(element_of(file, file.attribute("/", "attribute05"), 3)) == 3);
    CHECK(number_of(element_of(file, file.attribute("/", "attribute11"), 3)) == 4);
    CHECK(number_of(element_of(file, file.attribute("/d2", "same"), 2)) == 2);
}

TEST_CASE("attributes: null and empty dataspaces have no value")
{
    walked_file const file(sample_file("values"));
    auto const& null = file.attribute("/", "null");
    CHECK(null.space.what == hdf5::dataspace::kind::null);
    CHECK(null.value.empty());
    auto const& none = file.attribute("/", "no_elements");
    CHECK(none.space.extents == std::vector<std::uint64_t>{0, 3});
    CHECK(none.value.empty());
}

bytes file_with(test::message attribute)
{
    test::file_builder b;
    auto const root = b.place(test::header({test::link_info(), std::move(attribute)}));
    return b.finish(root);
}

TEST_CASE("attributes: a value shorter than its type and space say is a problem")
{
    auto const type = test::integer_body(4);
    bytes const value(11);
    walked_file const file(
        file_with(test::attribute_message("a", type, test::dataspace_body({3}), value))
    );
    REQUIRE(file.opened().has_value());
    CHECK(file.at("/").attributes.empty());
    REQUIRE(file.problems().size() == 1);
    CHECK(file.problems()[0].starts_with("/: attribute 'a': attribute at 0x"));
    CHECK(file.problems()[0].ends_with("ends too early (its value is longer than its message)"));
}

TEST_CASE("attributes: a value longer than needed is cut")
{
    auto const type = test::integer_body(4);
    bytes const value(20);
    walked_file const file(
        file_with(test::attribute_message("a", type, test::dataspace_body({3}), value))
    );
    CHECK(file.attribute("/", "a").value.size() == 12);
}

TEST_CASE("attributes: limits on count, bytes and memory")
{
    auto const problem_with = [](auto change) {
        limits max;
        change(max);
        walked_file const file(sample_file("latest"), max);
        REQUIRE(file.opened().has_value());
        CHECK(file.graph().objects.size() > 30);
        return file.problems().at(0);
    };
    CHECK(problem_with([](limits& m) {
              m.attributes = 30;
          }).find("limit on attributes, 30") != std::string::npos);
    CHECK(problem_with([](limits& m) {
              m.attribute_bytes = 5999;
          }).find("limit on attribute bytes") != std::string::npos);
}

}  // namespace
}  // namespace lindi::node
