/// \file
/// What formats elements in tests: a graph, its names and a limit.

#pragma once

#include "graphs.hpp"

#include <lindi/lindi/element_text.hpp>

namespace lindi::test {

struct text_maker {
    explicit text_maker(
        graph_builder& builder,
        zarr::non_finite style = zarr::non_finite::quoted,
        std::uint64_t max = 100'000
    )
        : names(builder.g), text(builder.g, names, style, max)
    {}

    rfs::reference_names names;
    rfs::element_text text;
};

/// Puts `content` into the graph's global heap as object `index` of a collection.
/// \return the elements that point to it: length, collection, index
inline lindi::bytes heap_element(
    graph_builder& builder, std::string_view content, std::uint32_t length, std::uint64_t collection
)
{
    auto const owned =
        std::make_shared<lindi::bytes>(as_bytes(content).begin(), as_bytes(content).end());
    block const bytes{owned, {*owned, collection}};
    builder.g.heap.add(collection, bytes, std::vector<hdf5::heap_object>{{1, bytes.view}});
    lindi::bytes out;
    for (int i = 0; i < 4; ++i)
        out.push_back(static_cast<std::byte>(length >> (8 * i)));
    auto const address = address_bytes(collection);
    out.insert(out.end(), address.begin(), address.end());
    out.insert(out.end(), {std::byte{1}, std::byte{0}, std::byte{0}, std::byte{0}});
    return out;
}

}  // namespace lindi::test
