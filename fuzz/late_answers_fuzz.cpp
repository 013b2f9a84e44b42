// Any bytes as an HDF5 file, from memory and from a source that answers late and in pieces: the
// graph must be the same, and no block may be read past its end.
#include "../test/support/chopped_source.hpp"
#include "../test/support/graph_text.hpp"
#include "whole_file.hpp"

#include <lindi/io/memory_source.hpp>
#include <lindi/node/paths.hpp>

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace lindi;
    std::span const content(reinterpret_cast<std::byte const*>(data), size);
    io::memory_source here("sample.h5", content);
    test::chopped_source late(content, size);
    fuzz::graph_of const expected(here);
    fuzz::graph_of const read(late);
    // Where a limit runs out depends on the order of answers.
    auto const limited = [](node::graph const& g) {
        for (auto const& problem : node::all_problems(g))
            if (problem.find("over the limit") != std::string::npos)
                return true;
        return false;
    };
    if (limited(expected.file.contents) || limited(read.file.contents))
        return 0;
    if (expected.opened.has_value() != read.opened.has_value())
        std::abort();
    if (test::graph_text(expected.file.contents) != test::graph_text(read.file.contents))
        std::abort();
    return 0;
}
