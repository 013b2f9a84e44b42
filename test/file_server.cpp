// Serves a local file over the loopback interface with a delay and a speed limit, for programs that
// are compared:
//   file_server FILE [latency=MILLISECONDS] [bandwidth=BYTES_PER_SECOND]
// Prints the URL, and for every line on standard input what it has done so far, as a line of JSON.
// Ends with its input.

#include "http_server.hpp"
#include "mapped_file.hpp"

#include <iostream>
#include <string>

namespace {

using namespace lindi;

std::uint64_t setting(int argc, char** argv, std::string const& name)
{
    for (int i = 2; i < argc; ++i)
        if (std::string const given = argv[i]; given.starts_with(name + "="))
            return std::stoull(given.substr(name.size() + 1));
    return 0;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 2)
        return 2;
    test::mapped_file const file(argv[1]);
    test::server_options options;
    options.mapped = file.content();
    options.latency = std::chrono::milliseconds(setting(argc, argv, "latency"));
    options.bandwidth = setting(argc, argv, "bandwidth");
    test::http_server const server(std::move(options));
    std::cout << server.url() << std::endl;
    for (std::string line; std::getline(std::cin, line);)
        std::cout << "{\"requests\": " << server.requests().size()
                  << ", \"bytes\": " << server.body_bytes()
                  << ", \"connections\": " << server.connections() << "}" << std::endl;
}
