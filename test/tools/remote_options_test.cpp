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

test::server_options serve_sample()
{
    test::server_options out;
    out.file = sample_bytes();
    return out;
}

std::shared_ptr<net::client> plain_client()
{
    return *net::client::create({});
}

}  // namespace

TEST_CASE("remote: every command reads a URL, the second time with one request, offline with none")
{
    struct command {
        int (*run)(arguments, environment&);
        std::vector<std::string> options;
        std::vector<std::string> behind_file{};
    };
    for (auto const& [command, options, behind_file] :
         {command{index_command, {"-o", "-"}},
          command{ls_command, {"-r"}},
          command{attrs_command, {}},
          command{check_command, {}},
          command{read_command, {}, {"/session_description"}},
          command{dump_command, {"--format", "json"}}}) {
        test::http_server const server(serve_sample());
        scratch_folder const folder;
        auto args = options;
        args.insert(args.end(), {"--cache", folder / "cache", server.url()});
        args.insert(args.end(), behind_file.begin(), behind_file.end());
        auto const cold = run(command, args, plain_client());
        CHECK(cold.code == exit_ok);
        CHECK(cold.err.empty());
        auto const after_cold = server.requests().size();

        auto const warm = run(command, args, plain_client());
        CHECK(warm.out == cold.out);
        CHECK(server.requests().size() == after_cold + 1);

        args.emplace_back("--offline");
        auto const offline = run(command, args, plain_client());
        CHECK(offline.out == cold.out);
        CHECK(server.requests().size() == after_cold + 1);
    }
}

TEST_CASE("remote: an asset of an archive needs no request the second time, unless asked to check")
{
    archive const remote(sample_bytes());
    scratch_folder const folder;
    std::vector<std::string> args = {"-r", "--cache", folder / "cache", archive::asset};
    auto const cold = run(ls_command, args, remote.client());
    REQUIRE(cold.code == exit_ok);
    auto const after_cold = remote.server().requests().size();
    CHECK(run(ls_command, args, remote.client()).out == cold.out);
    CHECK(remote.server().requests().size() == after_cold);
    args.emplace_back("--revalidate");
    CHECK(run(ls_command, args, remote.client()).out == cold.out);
    CHECK(remote.server().requests().size() == after_cold + 2);  // with the redirect
}

TEST_CASE("remote: --no-cache keeps nothing and asks for everything again")
{
    test::http_server const server(serve_sample());
    scratch_folder const folder;
    std::ostringstream out;
    std::ostringstream err;
    environment env{out, err};
    env.client = plain_client();
    env.variables = [&](char const* name) -> std::optional<std::string> {
        return name == std::string_view("LINDI_CACHE_DIR") ? std::optional(folder / "cache")
                                                           : std::nullopt;
    };
    std::vector<std::string> const args = {"--no-cache", server.url()};
    ls_command(args, env);
    auto const once = server.requests().size();
    ls_command(args, env);
    CHECK(server.requests().size() > once + 1);  // how many depends on the time that they take
    CHECK(folder.file_count() == 0);

    ls_command(std::span(args).subspan(1), env);
    CHECK(std::filesystem::exists(folder / "cache/data.mdb"));
}

TEST_CASE("remote: offline, what the cache lacks is an error, and no output is left behind")
{
    auto options = serve_sample();
    options.decide = [](test::seen_request const& seen) {
        test::behaviour what;
        if (!seen.range.starts_with("bytes=0-")) {
            what.fault = test::fault::status;
            what.status = 404;
        }
        return what;
    };
    test::http_server const server(std::move(options));
    scratch_folder const folder;
    std::vector<std::string> const common = {"--cache", folder / "cache", server.url()};
    auto const with = [&](std::vector<std::string> args) {
        args.insert(args.end(), common.begin(), common.end());
        return args;
    };
    auto const never = run(ls_command, with({"--offline"}), plain_client());
    CHECK(never.code == exit_failed);
    CHECK(
        never.err == "lindi ls: " + server.url() +
                         ": cache: not found (never read while online, and now it may not be "
                         "asked for)\n"
    );
    // Nothing but the first bytes comes into the cache.
    REQUIRE(run(ls_command, with({}), plain_client()).code == exit_failed);
    auto const out = folder / "out.json";
    auto const partly = run(index_command, with({"--offline", "-o", out}), plain_client());
    CHECK(partly.code == exit_failed);
    CHECK(partly.err.find("run it once without --offline") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(out));
}

TEST_CASE("remote: a default cache that cannot be used is done without, one that is named is not")
{
    test::http_server const server(serve_sample());
    std::ostringstream out;
    std::ostringstream err;
    environment env{out, err};
    env.client = plain_client();
    env.variables = [](char const* name) -> std::optional<std::string> {
        return name == std::string_view("HOME") ? std::optional<std::string>("/proc/none")
                                                : std::nullopt;
    };
    std::vector<std::string> const args = {server.url()};
    CHECK(ls_command(args, env) == exit_ok);
    CHECK(err.str().find("going on without") != std::string::npos);
    CHECK(
        run(ls_command, {"--cache", "/proc/none", server.url()}, plain_client()).code == exit_failed
    );
}

TEST_CASE("remote: options that contradict each other are refused")
{
    for (auto const& args : std::vector<std::vector<std::string>>{
             {"--no-cache", "--cache", "x", sample},
             {"--no-cache", "--offline", sample},
             {"--revalidate", "--offline", sample}})
        CHECK(run(ls_command, args).code == exit_usage);
}

TEST_CASE("remote: secrets of a URL are not shown")
{
    auto const done =
        run(ls_command, {"--no-cache", "https://user:hunter2@h.example/x?X-Amz-Signature=abc"});
    CHECK(done.code == exit_failed);
    CHECK(done.err.find("hunter2") == std::string::npos);
    CHECK(done.err.find("abc") == std::string::npos);
}
