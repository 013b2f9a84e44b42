#include "archive.hpp"
#include "run_command.hpp"

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::tools;
using test::archive;

namespace {

bytes sample_bytes()
{
    auto const text = read_file(sample);
    return {as_bytes(text).begin(), as_bytes(text).end()};
}

std::string const api = std::string(archive::asset) + "download/";

}  // namespace

TEST_CASE("reference URL: as given, the API's or the blob's, from the server and from the cache")
{
    archive const remote(sample_bytes());
    scratch_folder const folder;
    for (auto const& more : {std::vector<std::string>{}, {"--offline"}}) {
        for (auto const& [form, expected] :
             {std::pair<std::string, std::string>{"as-given", archive::asset},
              {"api", api},
              {"blob", archive::blob}}) {
            CAPTURE(form);
            std::vector<std::string> args = {
                "-o", "-", "--cache", folder / "cache", "--reference-url", form, archive::asset};
            args.insert(args.end(), more.begin(), more.end());
            auto const done = run(index_command, args, remote.client());
            CHECK(done.code == exit_ok);
            CHECK(done.err.empty());
            CHECK(done.out.find("\"" + expected + "\"") != std::string::npos);
            CHECK(done.out.find(archive::signature) == std::string::npos);
            CHECK(done.out.find(archive::token) == std::string::npos);
        }
    }
    auto const own =
        run(index_command,
            {"-o",
             "-",
             "--no-cache",
             "--url",
             "https://h/x",
             "--reference-url",
             "blob",
             archive::asset},
            remote.client());
    CHECK(own.out.find("\"https://h/x\"") != std::string::npos);
}

TEST_CASE("reference URL: a signed URL is never written, and that is said")
{
    archive const remote(sample_bytes());
    auto const given = std::string(archive::blob) + "?X-Amz-Signature=" + archive::signature;
    auto const done = run(index_command, {"-o", "-", "--no-cache", given}, remote.client());
    CHECK(done.code == exit_ok);
    CHECK(done.out.find(archive::signature) == std::string::npos);
    CHECK(done.out.find(std::string("\"") + archive::blob + "\"") != std::string::npos);
    CHECK(
        done.err == std::string("lindi index: ") + archive::blob + ": references carry " +
                        archive::blob + ", without the signature of the URL\n"
    );
}

TEST_CASE("reference URL: a form that is not known is said, and the URL stays as given")
{
    test::server_options options;
    options.file = sample_bytes();
    test::http_server const server(std::move(options));
    auto const done =
        run(index_command,
            {"-o", "-", "--no-cache", "--reference-url", "blob", server.url()},
            *net::client::create({}));
    CHECK(done.code == exit_ok);
    CHECK(
        done.err == "lindi index: " + server.url() + ": no blob URL is known: references carry " +
                        server.url() + "\n"
    );
    CHECK(run(index_command, {"--reference-url", "other", sample}).code == exit_usage);
}
