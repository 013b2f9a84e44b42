#include <lindi/node/heap_builder.hpp>
#include <lindi/node/heap_store.hpp>

#include <doctest/doctest.h>

#include <array>

using namespace lindi;

TEST_CASE("heap builder: what was put is found under the ids of its elements")
{
    node::heap_store store;
    auto const address = store.reserve(1).value();
    CHECK(store.reserve(2).value() == address + 1);
    CHECK(store.reserve(1).value() == address + 3);
    CHECK(store.reserve(~std::uint64_t{0}).error().code() == errc::too_large);
    node::heap_builder heap(address);
    CHECK(heap.empty());
    std::array<std::byte, node::heap_builder::element_size> first{}, second{};
    CHECK(heap.put(first, 2, as_bytes("ab")));
    CHECK(heap.put(second, 0, {}));
    auto made = heap.finish();
    store.add(address, std::move(made.bytes), std::move(made.objects));
    // count, address and index, little-endian: HDF5 File Format Specification, III.E and IV.A.2.d
    cursor c({first, 0}, "element");
    CHECK(c.u32() == 2);
    CHECK(c.u64() == address);
    CHECK(as_text(store.find({address, c.u32()}).value().bytes) == "ab");
    cursor d({second, 0}, "element");
    CHECK(d.u32() == 0);
    CHECK(d.u64() == address);
    CHECK(store.find({address, d.u32()}).value().size() == 0);
    CHECK(store.find({address, 3}).error().code() == errc::not_found);
}

TEST_CASE("heap builder: a collection may have more objects than files can number")
{
    node::heap_store store;
    auto const address = store.reserve(1).value();
    node::heap_builder heap(address);
    std::array<std::byte, node::heap_builder::element_size> element{};
    constexpr std::uint32_t many = 70'000;
    for (std::uint32_t i = 0; i < many; ++i)
        heap.put(element, 1, as_bytes(i + 1 == many ? "z" : "a"));
    auto made = heap.finish();
    store.add(address, std::move(made.bytes), std::move(made.objects));
    CHECK(as_text(store.find({address, many}).value().bytes) == "z");
}
