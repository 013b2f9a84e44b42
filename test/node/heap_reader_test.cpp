#include "failing_source.hpp"
#include "file_builder.hpp"
#include "sample_file.hpp"
#include "types.hpp"
#include "walked_file.hpp"

#include <lindi/node/heap_reader.hpp>
#include <lindi/node/value.hpp>

#include <doctest/doctest.h>

namespace lindi::node {
namespace {

using test::sample_file;
using test::walked_file;

/// A file without objects but for the root, and heaps in it.
struct heap_file {
    test::file_builder b;
    std::uint64_t root = b.place(test::header({test::link_info()}));
    bytes content{};

    std::uint64_t place(std::vector<bytes> const& objects)
    {
        return b.place(test::global_heap(objects));
    }
};

bytes text_bytes(std::string_view words)
{
    return {as_bytes(words).begin(), as_bytes(words).end()};
}

TEST_CASE("heap reader: collections that elements name are read together, once")
{
    heap_file f;
    auto const first = f.place({text_bytes("one"), text_bytes("two")});
    auto const second = f.place({text_bytes("three")});
    auto const content = f.b.finish(f.root);
    test::slow_source source(content);
    walked_file file(source);
    auto const before = file.stats();
    auto const elements = test::byte_writer()
                              .append(test::sequence_element(3, first, 1))
                              .append(test::sequence_element(5, second, 1))
                              .append(test::sequence_element(3, first, 2))
                              .append(test::sequence_element(0, 0, 0))
                              .take();
    auto const type = test::variable_string();
    for (int i = 0; i < 2; ++i)
        REQUIRE(file.run(load_heaps(file.file(), type, elements)).has_value());
    CHECK(file.stats().waves - before.waves == 1);
    CHECK(file.stats().reads - before.reads == 2);
    CHECK(as_text(file.graph().heap.find({first, 2})->bytes) == "two");
    CHECK(as_text(file.graph().heap.find({second, 1})->bytes) == "three");
}

TEST_CASE("heap reader: those who want a collection that is being read wait for it")
{
    heap_file f;
    auto const heap = f.place({text_bytes("one")});
    auto const content = f.b.finish(f.root);
    test::slow_source source(content);
    walked_file file(source);
    auto const before = file.stats();
    auto const element = test::sequence_element(3, heap, 1);
    auto const all = [](node::file& from, bytes const& what) -> task<std::vector<result<void>>> {
        std::vector<task<result<void>>> loads;
        for (int i = 0; i < 100; ++i)
            loads.push_back(load_heaps(from, test::variable_string(), what));
        co_return co_await when_all(std::move(loads));
    };
    for (auto const& done : file.run(all(file.file(), element)))
        CHECK(done.has_value());
    CHECK(file.stats().reads - before.reads == 1);
}

TEST_CASE("heap reader: objects that name objects take a wave per level")
{
    heap_file f;
    auto const words = f.place({text_bytes("one")});
    auto const inner = f.place({test::sequence_element(3, words, 1)});
    auto const outer = f.place({test::sequence_element(1, inner, 1)});
    auto const content = f.b.finish(f.root);
    test::slow_source source(content);
    walked_file file(source);
    auto const before = file.stats();
    auto const type = test::sequence_of(test::sequence_of(test::variable_string()));
    auto const element = test::sequence_element(1, outer, 1);
    REQUIRE(file.run(load_heaps(file.file(), type, element)).has_value());
    CHECK(file.stats().waves - before.waves == 3);
    auto const v = decode_value(*type, element, file.graph());
    REQUIRE(v.has_value());
    auto const& level = std::get<value_list>(std::get<value_list>(v->is).at(0).is);
    CHECK(std::get<text>(level.at(0).is).bytes == "one");
}

TEST_CASE("heap reader: a collection over 4096 bytes takes a second read")
{
    heap_file f;
    auto const heap = f.place({bytes(10'000, std::byte{7})});
    auto const content = f.b.finish(f.root);
    test::slow_source source(content);
    walked_file file(source);
    auto const before = file.stats();
    auto const element = test::sequence_element(10'000, heap, 1);
    REQUIRE(
        file.run(load_heaps(file.file(), test::sequence_of(test::integer(1)), element)).has_value()
    );
    CHECK(file.stats().waves - before.waves == 2);
    CHECK(file.graph().heap.find({heap, 1})->size() == 10'000);
}

TEST_CASE("heap reader: a collection that cannot be read says so to whoever decodes, and is asked "
          "for once")
{
    heap_file f;
    auto const heap = f.place({text_bytes("one")});
    auto const content = f.b.finish(f.root);
    walked_file whole(content);
    auto const element = test::sequence_element(3, heap, 1);
    REQUIRE(whole.run(load_heaps(whole.file(), test::variable_string(), element)).has_value());
    auto const reads = whole.stats().reads;

    test::failing_source source(content, reads - 1, test::failure::timed_out);
    walked_file file(source);
    for (int i = 0; i < 2; ++i)
        CHECK(file.run(load_heaps(file.file(), test::variable_string(), element)).has_value());
    auto const decoded = decode_value(*test::variable_string(), element, file.graph());
    REQUIRE(decoded.has_error());
    CHECK(decoded.error().code() == std::errc::timed_out);
    CHECK(file.stats().reads == reads);
}

TEST_CASE("heap reader: ids that lead nowhere or into something else")
{
    heap_file f;
    auto const content = f.b.finish(f.root);
    walked_file file(content);
    for (auto const address :
         {std::uint64_t{1'000'000}, std::uint64_t{0}, f.root, ~std::uint64_t{1}}) {
        CAPTURE(address);
        auto const element = test::sequence_element(3, address, 1);
        CHECK(file.run(load_heaps(file.file(), test::variable_string(), element)).has_value());
        auto const decoded = decode_value(*test::variable_string(), element, file.graph());
        CHECK(decoded.has_error() == (address != 0));
    }
}

TEST_CASE("heap reader: references that stand in their element need no heap")
{
    heap_file f;
    auto const content = f.b.finish(f.root);
    walked_file file(content);
    auto const before = file.stats().reads;
    auto const type = test::make_type(hdf5::type_class::reference, 18);
    type->reference = hdf5::reference_kind::object_revised;
    auto const element = test::byte_writer().u8(2).u8(0).u8(8).u64(f.root).pad_to(18).take();
    CHECK(file.run(load_heaps(file.file(), type, element)).has_value());
    CHECK(file.stats().reads == before);
}

TEST_CASE("heap reader: memory for collections is counted")
{
    heap_file f;
    auto const heap = f.place({bytes(100'000)});
    auto const content = f.b.finish(f.root);
    limits max;
    max.memory = 100'000;
    walked_file file(content, max);
    auto const element = test::sequence_element(100'000, heap, 1);
    auto const type = test::sequence_of(test::integer(1));
    CHECK(file.run(load_heaps(file.file(), type, element)).has_value());
    CHECK(decode_value(*type, element, file.graph()).error().code() == errc::too_large);
}

}  // namespace
}  // namespace lindi::node
