// Measures a cold index of a local file served over the loopback interface with a delay and a speed
// limit:
//   remote_index FILE [MILLISECONDS [BYTES_PER_SECOND [PAGE [FIRST_READ [CONNECTIONS]]]]]
// Prints waves, requests, bytes asked by the walk, bytes on the wire, connections, objects and
// seconds.

#include "http_server.hpp"

#include <lindi/codec/codec.hpp>
#include <lindi/io/reader.hpp>
#include <lindi/node/read_graph.hpp>
#include <lindi/open/open_source.hpp>

#include <cstdio>
#include <fstream>
#include <string>

namespace {

using namespace lindi;

std::uint64_t number(int argc, char** argv, int i, std::uint64_t otherwise)
{
    return argc > i ? std::stoull(argv[i]) : otherwise;
}

bytes read_file(char const* path)
{
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    bytes out(static_cast<std::size_t>(in.tellg()));
    in.seekg(0);
    in.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(out.size()));
    return out;
}

int measure(io::source& from)
{
    lindi::budget budget{limits{}};
    io::reader reader(from, budget);
    auto const codecs = codec::built_in_filters();
    node::file file(reader, codecs);
    auto const done = reader.run(node::read_graph(file, {}));
    if (!done) {
        std::fprintf(stderr, "%s\n", done.error().message().c_str());
        return 1;
    }
    auto const stats = reader.stats();
    std::printf(
        "waves %llu, requests %llu, asked %llu bytes in %llu reads, fetched %llu bytes, %zu "
        "objects",
        static_cast<unsigned long long>(stats.waves),
        static_cast<unsigned long long>(stats.source.requests),
        static_cast<unsigned long long>(stats.bytes_used),
        static_cast<unsigned long long>(stats.reads),
        static_cast<unsigned long long>(stats.source.bytes_fetched),
        file.contents.objects.size()
    );
    return 0;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 2)
        return 2;
    test::server_options serving;
    serving.file = read_file(argv[1]);
    serving.latency = std::chrono::milliseconds(number(argc, argv, 2, 0));
    serving.bandwidth = number(argc, argv, 3, 0);
    test::http_server server(std::move(serving));
    open::source_options options;
    net::client_options settings;
    settings.most_connections_per_host =
        static_cast<unsigned>(number(argc, argv, 6, settings.most_connections_per_host));
    options.client = *net::client::create(settings);
    options.remote_pages.page_size = number(argc, argv, 4, options.remote_pages.page_size);
    options.http.first_read = number(argc, argv, 5, options.http.first_read);
    auto const start = std::chrono::steady_clock::now();
    auto const opened = open::open_source(server.url(), options);
    if (!opened)
        return std::fprintf(stderr, "%s\n", opened.error().message().c_str()), 1;
    int const failed = measure(*opened->source);
    auto const time = std::chrono::steady_clock::now() - start;
    std::printf(
        ", %llu connections, %.3f s\n",
        static_cast<unsigned long long>(server.connections()),
        std::chrono::duration<double>(time).count()
    );
    return failed;
}
