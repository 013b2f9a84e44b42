#include "http_server.hpp"
#include "run_command.hpp"

#include <boost/json/parse.hpp>
#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::tools;

namespace {

test::server_options serve_sample()
{
    auto const text = read_file(sample);
    test::server_options out;
    out.file.assign(as_bytes(text).begin(), as_bytes(text).end());
    return out;
}

std::int64_t number(boost::json::value const& stats, char const* name)
{
    return stats.at(name).to_number<std::int64_t>();
}

std::size_t count_of(std::string const& text, std::string_view part)
{
    std::size_t out = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1))
        ++out;
    return out;
}

}  // namespace

TEST_CASE("stats: requests and bytes are those that the server saw")
{
    test::http_server const server(serve_sample());
    scratch_folder const folder;
    std::vector<std::string> const args = {
        "-o", folder / "out.json", "--stats=json", "--cache", folder / "cache", server.url()};
    auto const cold = boost::json::parse(run(index_command, args, *net::client::create({})).err);
    CHECK(number(cold, "requests") == static_cast<std::int64_t>(server.requests().size()));
    CHECK(number(cold, "bytes_fetched") == static_cast<std::int64_t>(server.body_bytes()));
    CHECK(number(cold, "waves") > 0);
    CHECK(number(cold, "cache_misses") > 0);
    CHECK(number(cold, "bytes_used") <= number(cold, "bytes_fetched"));
    CHECK(
        number(cold, "bytes_used") + number(cold, "bytes_wasted") == number(cold, "bytes_fetched")
    );
    CHECK(
        number(cold, "bytes_written") ==
        static_cast<std::int64_t>(std::filesystem::file_size(folder / "out.json"))
    );
    for (auto const* const phase : {"open", "read", "write", "waiting"})
        CHECK(cold.at("seconds").at(phase).is_double());

    auto const warm = boost::json::parse(run(index_command, args, *net::client::create({})).err);
    CHECK(number(warm, "requests") == 1);
    CHECK(number(warm, "bytes_fetched") == 1);
    CHECK(number(warm, "waves") == 0);
    CHECK(number(warm, "cache_misses") == 0);
    CHECK(number(warm, "cache_hits") > 0);
    CHECK(number(warm, "bytes_used") == number(cold, "bytes_used"));
}

TEST_CASE("stats: of a local file, as text, on every command")
{
    struct command {
        int (*run)(arguments, environment&);
        std::vector<std::string> options;
    };
    for (auto const& [command, options] :
         {command{index_command, {"-o", "-"}},
          command{ls_command, {}},
          command{attrs_command, {}},
          command{dump_command, {"--format", "json"}}}) {
        auto args = options;
        args.insert(args.end(), {"--stats", sample});
        auto const done = run(command, args);
        CHECK(done.code == exit_ok);
        CHECK(done.err.starts_with("waves "));
        CHECK(done.err.find("bytes fetched ") != std::string::npos);
    }
    CHECK(run(ls_command, {"--stats=xml", sample}).code == exit_usage);
}

TEST_CASE("trace: a row for each request, with what it was for")
{
    test::http_server const server(serve_sample());
    scratch_folder const folder;
    auto const page = folder / "trace.html";
    auto const done =
        run(ls_command,
            {"-r", "--no-cache", "--trace", page, server.url("/<file>.nwb")},
            *net::client::create({}));
    CHECK(done.code == exit_ok);
    CHECK(done.err.empty());
    auto const html = read_file(page);
    CHECK(html.starts_with("<!DOCTYPE html>"));
    CHECK(count_of(html, "<tr class=") == server.requests().size());
    CHECK(html.find("first bytes") != std::string::npos);
    // What comes behind it may have come along.
    CHECK(html.find("object header") != std::string::npos);
    CHECK(html.find("<file>") == std::string::npos);
    CHECK(html.find("src=") == std::string::npos);
    CHECK(html.find("href=") == std::string::npos);
}

TEST_CASE("trace: of a run that failed, with the reason and without secrets")
{
    auto options = serve_sample();
    options.decide = [](test::seen_request const&) {
        return test::behaviour{.fault = test::fault::status, .status = 404};
    };
    test::http_server const server(std::move(options));
    scratch_folder const folder;
    auto const page = folder / "trace.html";
    auto const done =
        run(index_command,
            {"--no-cache", "--trace", page, "-o", "-", server.url("/x?X-Amz-Signature=5ec2e7")},
            *net::client::create({}));
    CHECK(done.code == exit_failed);
    auto const html = read_file(page);
    CHECK(html.find(">404<") != std::string::npos);
    CHECK(html.find("failed: ") != std::string::npos);
    CHECK(html.find("5ec2e7") == std::string::npos);
    CHECK(done.err.find("5ec2e7") == std::string::npos);
}

TEST_CASE("trace: a page that cannot be written is an error")
{
    auto const done = run(ls_command, {"--trace", "/nowhere/trace.html", sample});
    CHECK(done.code == exit_failed);
    CHECK(done.err.starts_with("lindi ls: "));
}
