// Any bytes as an HDF5 file: its graph, names, problems, the values of its attributes, its small
// datasets.
#include "whole_file.hpp"

#include <lindi/array/read.hpp>
#include <lindi/io/memory_source.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/node/value.hpp>

namespace {

using namespace lindi;

void decode_all(
    node::graph const& g, hdf5::datatype const& type, std::span<std::byte const> elements
)
{
    for (std::size_t at = 0; at + type.size <= elements.size(); at += type.size)
        (void)node::decode_value(type, elements.subspan(at, type.size), g);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    io::memory_source source("input", {reinterpret_cast<std::byte const*>(data), size});
    fuzz::graph_of read(source);
    if (!read.opened)
        return 0;
    auto const& g = read.file.contents;
    (void)node::first_paths(g, node::walk_order::native);
    (void)node::all_problems(g);
    for (auto const& object : g.objects) {
        for (auto const& attribute : object.attributes)
            decode_all(g, *attribute.type, attribute.value);
        if (!object.dataset)
            continue;
        constexpr std::uint64_t small = 64 << 10;
        auto const content = read.reader.run(array::read_all(read.file, *object.dataset, small));
        if (content)
            decode_all(g, *object.dataset->type, *content);
    }
    return 0;
}
