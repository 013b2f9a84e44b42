#include "remote_index.hpp"

#include "slow_source.hpp"

#include <lindi/codec/codec.hpp>
#include <lindi/io/reader.hpp>

namespace lindi::test {
namespace {

struct indexed {
    std::string document{};
    io::read_stats reads{};
    std::uint64_t objects = 0;
};

result<indexed> index(io::source& from, rfs::export_options const& exported)
{
    lindi::budget budget{limits{}};
    io::reader reader(from, budget);
    auto const codecs = codec::built_in_filters();
    node::file file(reader, codecs);
    indexed out;
    auto const sink = [&out](std::string_view block) -> result<void> {
        out.document += block;
        return {};
    };
    auto const report = reader.run(rfs::index_file(file, exported, sink));
    if (!report)
        return report.error();
    out.reads = reader.stats();
    out.objects = file.contents.objects.size();
    return out;
}

}  // namespace

rfs::export_options export_as_if_elsewhere()
{
    rfs::export_options out;
    out.url = "https://example.org/file.h5";
    return out;
}

result<remote_counts> index_remote(
    server_options serving,
    rfs::export_options const& exported,
    open::source_options remote,
    net::client_options const& settings
)
{
    http_server server(std::move(serving));
    auto client = net::client::create(settings);
    if (!client)
        return client.error();
    remote.client = std::move(*client);
    auto const start = std::chrono::steady_clock::now();
    auto const opened = open::open_source(server.url(), remote);
    if (!opened)
        return opened.error();
    auto done = index(*opened->source, exported);
    if (!done)
        return done.error();
    auto const time = std::chrono::steady_clock::now() - start;
    remote_counts out;
    out.document = std::move(done->document);
    out.round_trips = done->reads.waves + 1;
    out.requests = server.requests().size();
    out.bytes = server.body_bytes();
    out.used = done->reads.bytes_used;
    out.connections = server.connections();
    out.objects = done->objects;
    out.seconds = std::chrono::duration<double>(time).count();
    return out;
}

result<std::string> index_local(
    std::span<std::byte const> file,
    rfs::export_options const& exported,
    std::vector<io::byte_range>* structures
)
{
    slow_source source(file);
    auto done = index(source, exported);
    if (!done)
        return done.error();
    if (structures != nullptr)
        for (auto const& wave : source.waves)
            structures->insert(structures->end(), wave.begin(), wave.end());
    return std::move(done->document);
}

}  // namespace lindi::test
