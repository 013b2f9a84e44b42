// Any bytes as an HDF5 file, all the way to its canonical JSON.
#include "dump_file.hpp"
#include "whole_file.hpp"

#include <lindi/codec/codec.hpp>
#include <lindi/io/memory_source.hpp>
#include <lindi/node/read_graph.hpp>

#include <sstream>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace lindi;
    static auto const codecs = codec::built_in_filters();
    io::memory_source source("input", {reinterpret_cast<std::byte const*>(data), size});
    budget left(fuzz::small_limits());
    io::reader reader(source, left);
    node::file file(reader, codecs);
    std::ostringstream out;
    if (reader.run(node::read_graph(file, {})))
        (void)tools::write_dump(file.contents, out, left.max(), {});
    return 0;
}
