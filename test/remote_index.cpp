// Measures a cold index of a local file served over the loopback interface with a delay and a speed
// limit, all it takes in one line of JSON:
//   remote_index FILE [NAME=VALUE...]
//     latency=50             milliseconds before each answer
//     bandwidth=12500000     bytes a second, of all connections together; 0: no limit
//     chunks=1000            num_chunks_threshold of the LINDI file, or none
//     connections=128        most_connections_per_host
//     page=1024              bytes of a page
//     first=65536            bytes of the first request
// It also tells the longest pointer chain of the file, which the round trips may not exceed.

#include "remote_index.hpp"

#include "mapped_file.hpp"
#include "pointer_chain.hpp"

#include <cstdio>
#include <map>

namespace {

using namespace lindi;

struct settings {
    std::map<std::string, std::string> given{};

    std::uint64_t number(std::string const& name, std::uint64_t otherwise) const
    {
        auto const found = given.find(name);
        return found == given.end() ? otherwise : std::stoull(found->second);
    }
};

settings parse(int argc, char** argv)
{
    settings out;
    for (int i = 2; i < argc; ++i) {
        std::string const argument = argv[i];
        auto const equals = argument.find('=');
        if (equals != std::string::npos)
            out.given[argument.substr(0, equals)] = argument.substr(equals + 1);
    }
    return out;
}

rfs::export_options exported(settings const& with)
{
    auto out = test::export_as_if_elsewhere();
    auto const chunks = with.given.find("chunks");
    if (chunks != with.given.end() && chunks->second == "none")
        out.num_chunks_threshold.reset();
    else
        out.num_chunks_threshold = with.number("chunks", *out.num_chunks_threshold);
    return out;
}

result<test::remote_counts> measure(std::span<std::byte const> file, settings const& with)
{
    test::server_options serving;
    serving.mapped = file;
    serving.latency = std::chrono::milliseconds(with.number("latency", 50));
    serving.bandwidth = with.number("bandwidth", 12'500'000);
    open::source_options remote;
    remote.remote_pages.page_size = with.number("page", remote.remote_pages.page_size);
    remote.http.first_read = with.number("first", remote.http.first_read);
    net::client_options client;
    client.most_connections_per_host =
        static_cast<unsigned>(with.number("connections", client.most_connections_per_host));
    return test::index_remote(std::move(serving), exported(with), remote, client);
}

int print(test::remote_counts const& counts, std::size_t chain, bool is_same)
{
    auto const show = [](char const* name, std::uint64_t count) {
        std::printf("\"%s\": %llu, ", name, static_cast<unsigned long long>(count));
    };
    std::printf("{");
    show("round_trips", counts.round_trips);
    show("longest_chain", chain);
    show("requests", counts.requests);
    show("bytes", counts.bytes);
    show("bytes_used", counts.used);
    show("connections", counts.connections);
    show("objects", counts.objects);
    std::printf("\"same_as_local\": %s, ", is_same ? "true" : "false");
    std::printf("\"seconds\": %.3f}\n", counts.seconds);
    return 0;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 2)
        return 2;
    test::mapped_file const file(argv[1]);
    auto const with = parse(argc, argv);
    auto const counts = measure(file.content(), with);
    std::vector<io::byte_range> structures;
    auto const local = test::index_local(file.content(), exported(with), &structures);
    if (!counts || !local) {
        auto const& why = counts ? local.error() : counts.error();
        return std::fprintf(stderr, "%s\n", why.message().c_str()), 1;
    }
    auto const chain = test::longest_pointer_chain(file.content(), structures);
    return print(*counts, chain, *local == counts->document);
}
