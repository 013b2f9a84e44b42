/// \file
/// What the fuzz targets of whole files share.

#pragma once

#include <lindi/codec/codec.hpp>
#include <lindi/io/reader.hpp>
#include <lindi/node/read_graph.hpp>

namespace lindi::fuzz {

/// Limits under which no input takes long.
inline limits small_limits()
{
    limits out;
    out.bytes_read = 8 << 20;
    out.memory = 32 << 20;
    out.objects = 2000;
    out.links = 10'000;
    out.attributes = 10'000;
    out.chunks = 10'000;
    out.attribute_bytes = 64 << 10;
    out.decoded_chunk = 1 << 20;
    out.inline_bytes = 256 << 10;
    out.output_bytes = 2 << 20;
    return out;
}

/// The graph of a file, read from a source.
struct graph_of {
    explicit graph_of(io::source& from)
        : left(small_limits()), reader(from, left), file(reader, codecs)
    {
        opened = reader.run(node::read_graph(file, {}));
    }

    codec::registry codecs = codec::built_in_filters();
    budget left;
    io::reader reader;
    node::file file;
    result<void> opened{};
};

}  // namespace lindi::fuzz
