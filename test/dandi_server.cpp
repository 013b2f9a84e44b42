// A generated DANDI archive on a port of its own, for tools/bench/bulk and the interop suite.
//   dandi_server FILE [assets=N] [dandisets=N] [shares=1] [broken=PER_THOUSAND] [failing=PERCENT]
//                [most=REQUESTS_AT_ONCE] [latency=MS] [seed=N] [presigned=SECONDS]
// Prints the URL of the API and that of the bucket; answers every line on its input with what it
// has done so far, as a line of JSON. Ends with its input.

#include "dandi_archive.hpp"
#include "mapped_file.hpp"

#include <iostream>
#include <string>

namespace {

using namespace lindi;

std::uint64_t setting(int argc, char** argv, std::string const& name, std::uint64_t usual)
{
    for (int i = 2; i < argc; ++i)
        if (std::string const given = argv[i]; given.starts_with(name + "="))
            return std::stoull(given.substr(name.size() + 1));
    return usual;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 2)
        return 2;
    test::mapped_file const file(argv[1]);
    test::archive_shape shape;
    shape.assets = setting(argc, argv, "assets", 100);
    shape.dandisets = setting(argc, argv, "dandisets", 5);
    shape.shares = setting(argc, argv, "shares", 0) != 0;
    shape.broken_in_thousand = static_cast<unsigned>(setting(argc, argv, "broken", 0));
    test::archive_options options;
    options.failing = static_cast<double>(setting(argc, argv, "failing", 0)) / 100;
    options.latency = std::chrono::milliseconds(setting(argc, argv, "latency", 0));
    options.most_at_once = setting(argc, argv, "most", 0);
    options.seed = setting(argc, argv, "seed", 1);
    options.presigned_seconds = static_cast<std::int64_t>(setting(argc, argv, "presigned", 21'600));
    options.forgets = true;
    auto made = test::make_archive(shape, file.content());
    auto const blobs = made.blobs.size();
    test::dandi_archive const archive(options, std::move(made.dandisets), std::move(made.blobs));
    std::cout << archive.api() << ' ' << archive.bucket() << std::endl;
    for (std::string line; std::getline(std::cin, line);)
        std::cout << "{\"blobs\": " << blobs << ", \"requests\": " << archive.served()
                  << ", \"failures\": " << archive.failures()
                  << ", \"throttled\": " << archive.throttled()
                  << ", \"bytes\": " << archive.server().body_bytes()
                  << ", \"connections\": " << archive.server().connections() << "}" << std::endl;
}
