// Any bytes as an HDF5 file, all the way to its LINDI file.
#include "whole_file.hpp"

#include <lindi/codec/codec.hpp>
#include <lindi/io/memory_source.hpp>
#include <lindi/lindi/index_file.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace lindi;
    static auto const codecs = codec::built_in_filters();
    io::memory_source source("input", {reinterpret_cast<std::byte const*>(data), size});
    budget left(fuzz::small_limits());
    io::reader reader(source, left);
    node::file file(reader, codecs);
    auto const drop = [](std::string_view) -> result<void> { return {}; };
    rfs::export_options options;
    options.url = "u";
    options.inline_below = 20;  // small files have references too
    (void)reader.run(rfs::index_file(file, std::move(options), drop));
    return 0;
}
