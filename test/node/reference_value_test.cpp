#include "file_builder.hpp"
#include "graphs.hpp"
#include "hex.hpp"
#include "sample_file.hpp"
#include "walked_file.hpp"

#include <lindi/node/value.hpp>

#include <doctest/doctest.h>

namespace lindi::node {
namespace {

using hdf5::reference_kind;
using test::byte_writer;
using test::hex;
using test::sample_file;
using test::walked_file;

value value_of(walked_file const& file, attribute const& a)
{
    auto decoded = decode_value(*a.type, a.value, file.graph());
    REQUIRE(decoded.has_value());
    return std::move(*decoded);
}

TEST_CASE("reference value: objects, from h5py")
{
    walked_file const file(sample_file("values"));
    auto const to = std::get<reference>(value_of(file, file.attribute("/", "object")).is);
    CHECK(to.kind == reference_kind::object);
    CHECK_FALSE(to.null);
    CHECK(to.object == find_object(file.graph(), "/target"));
    auto const none = std::get<reference>(value_of(file, file.attribute("/", "no_object")).is);
    CHECK(none.null);
    CHECK(none.object == no_object);
}

TEST_CASE("reference value: addresses count from the base address")
{
    walked_file const file(sample_file("narrow"));
    CHECK(file.graph().file.superblock.base_address == 512);
    auto const to = std::get<reference>(value_of(file, file.attribute("/", "to")).is);
    CHECK(to.object == find_object(file.graph(), "/a"));
}

TEST_CASE("reference value: regions, from h5py")
{
    walked_file const file(sample_file("values"));
    auto const to = std::get<reference>(value_of(file, file.attribute("/", "region")).is);
    CHECK(to.kind == reference_kind::region);
    CHECK(to.object == find_object(file.graph(), "/data"));
    REQUIRE(to.region);
    // h5dump: REGION_TYPE BLOCK (1,2)-(2,3)
    CHECK(to.region->rank == 2);
    CHECK(to.region->blocks == std::vector<std::uint64_t>{1, 2, 2, 3});
}

test::type_ptr reference_type(reference_kind kind, std::uint32_t size)
{
    auto out = test::make_type(hdf5::type_class::reference, size);
    out->reference = kind;
    return out;
}

TEST_CASE("reference value: an address that leads to nothing known is not null")
{
    test::graph_builder builder;
    auto const type = reference_type(reference_kind::object, 8);
    auto const decoded = decode_value(*type, test::address_bytes(4711), builder.g);
    auto const to = std::get<reference>(decoded->is);
    CHECK_FALSE(to.null);
    CHECK(to.object == no_object);
}

/// A graph with one group, and a collection at 64 that holds `object`.
struct heap_graph {
    test::graph_builder builder;
    object_id target = builder.add_group();
    std::uint64_t address = builder.g.objects[target].address;

    result<value> decode(hdf5::datatype const& type, bytes const& object, bytes const& element)
    {
        auto const content = std::make_shared<bytes const>(test::global_heap({object}));
        block const whole{content, {*content, 64}};
        builder.g.heap = {};
        builder.g.heap.add(64, whole, hdf5::decode_collection(whole.view, {}));
        return decode_value(type, element, builder.g);
    }
};

bytes all_selected()
{
    return byte_writer().u32(3).u32(1).zeros(8).take();
}

TEST_CASE("reference value: a region whose object is cut short is refused at every length")
{
    heap_graph graph;
    auto const type = reference_type(reference_kind::region, 12);
    auto const element = byte_writer().u64(64).u32(1).take();
    auto const object = byte_writer().u64(graph.address).append(all_selected()).take();
    auto const whole = graph.decode(*type, object, element);
    CHECK(std::get<reference>(whole->is).object == graph.target);
    CHECK(std::get<reference>(whole->is).region->what == hdf5::selection::kind::all);
    for (std::size_t n = 1; n < object.size(); ++n) {
        CAPTURE(n);
        bytes const cut(object.begin(), object.begin() + static_cast<std::ptrdiff_t>(n));
        CHECK(graph.decode(*type, cut, element).has_error());
    }
}

/// Revised references: kind, flags; for regions and attributes the size and place of the rest.
bytes revised(std::uint8_t kind, std::uint8_t flags, std::uint32_t size)
{
    return byte_writer().u8(kind).u8(flags).u32(size).u64(64).u32(1).take();
}

TEST_CASE("reference value: revised references to objects stand in the element")
{
    heap_graph graph;
    auto const type = reference_type(reference_kind::object_revised, 18);
    auto const element = byte_writer().u8(2).u8(0).u8(8).u64(graph.address).pad_to(18).take();
    auto const to = std::get<reference>(graph.decode(*type, hex("00"), element)->is);
    CHECK(to.kind == reference_kind::object_revised);
    CHECK(to.object == graph.target);
    auto const null = std::get<reference>(graph.decode(*type, hex("00"), bytes(18))->is);
    CHECK(null.null);
}

TEST_CASE("reference value: revised references to regions and attributes")
{
    heap_graph graph;
    auto const type = reference_type(reference_kind::region_revised, 18);
    auto const selected = all_selected();
    // libhdf5, H5R__encode_region: the size is the selection's alone, the rank stands before it.
    auto const region =
        byte_writer().u8(8).u64(graph.address).u32(selected.size()).u32(1).append(selected).take();
    auto const size = static_cast<std::uint32_t>(region.size());
    auto const to = std::get<reference>(graph.decode(*type, region, revised(3, 0, size))->is);
    CHECK(to.object == graph.target);
    CHECK(to.region->what == hdf5::selection::kind::all);

    auto const attribute = byte_writer().u8(8).u64(graph.address).u16(4).text("name").take();
    auto const length = static_cast<std::uint32_t>(attribute.size());
    auto const named =
        std::get<reference>(graph.decode(*type, attribute, revised(4, 0, length))->is);
    CHECK(named.attribute == "name");
    // Bit 0 of the flags: an object of another file.
    auto const external =
        std::get<reference>(graph.decode(*type, attribute, revised(4, 1, length))->is);
    CHECK(external.object == no_object);
    CHECK_FALSE(external.null);

    // As in hdf5/tools/test/h5dump/testfiles/trefer_reg_1d.h5: 15 blocks of two, five apart.
    auto const blocks = byte_writer()
                            .u8(8)
                            .u64(graph.address)
                            .append(hex("16 00 00 00  01 00 00 00  02 00 00 00  03 00 00 00  01  02"
                                        "01 00 00 00  02 00  05 00  0f 00  02 00"))
                            .take();
    auto const regular =
        std::get<reference>(graph.decode(*type, blocks, revised(3, 0, 39))->is).region;
    REQUIRE(regular->regular.size() == 1);
    CHECK(regular->regular[0].start == 2);
    CHECK(regular->regular[0].stride == 5);
    CHECK(regular->regular[0].count == 15);
    CHECK(regular->regular[0].block == 2);

    for (std::uint32_t n = 0; n < length; ++n) {
        CAPTURE(n);
        CHECK(graph.decode(*type, attribute, revised(4, 0, n)).has_error());
    }
    CHECK(graph.decode(*type, region, revised(5, 0, size)).error().code() == errc::bad_value);
    CHECK(graph.decode(*type, region, revised(1, 0, size)).error().code() == errc::bad_value);
}

}  // namespace
}  // namespace lindi::node
