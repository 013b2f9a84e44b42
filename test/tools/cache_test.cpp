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

/// A cache with the sample in it, as asset and as file of a server.
struct filled_cache {
    filled_cache() : remote(sample_bytes()), server(serve())
    {
        run(ls_command, {"-r", "--cache", path(), archive::asset}, remote.client());
        run(ls_command, {"-r", "--cache", path(), server.url()}, *net::client::create({}));
    }
    static test::server_options serve()
    {
        test::server_options out;
        out.file = sample_bytes();
        return out;
    }
    std::string path() const { return folder / "cache"; }
    outcome look(std::vector<std::string> args) const
    {
        args.insert(args.begin(), {"--cache", path()});
        return run(cache_command, args, remote.client());
    }

    archive remote;
    test::http_server server;
    scratch_folder folder;
};

}  // namespace

TEST_CASE("cache command: where it is, how much is in it, and what")
{
    filled_cache const cache;
    CHECK(cache.look({"path"}).out == cache.path() + "\n");
    auto const info = cache.look({"info"});
    CHECK(info.code == exit_ok);
    CHECK(has_line(info.out, "folder  " + cache.path()));
    CHECK(has_line(info.out, "files   2"));
    auto const list = cache.look({"ls"});
    CHECK(line_count(list.out) == 2);
    // The one that was used last comes first.
    CHECK(list.out.find(cache.server.url()) < list.out.find(archive::blob));
    CHECK(cache.look({"verify"}).out.find("; 0 damaged") != std::string::npos);
}

TEST_CASE("cache command: forgetting one file, what was not used for long, or everything")
{
    filled_cache const cache;
    auto const offline = [&] {
        return run(ls_command,
                   {"--cache", cache.path(), "--offline", cache.server.url()},
                   *net::client::create({}))
            .code;
    };
    CHECK(offline() == exit_ok);
    CHECK(cache.look({"rm", archive::asset}).code == exit_ok);
    CHECK(has_line(cache.look({"info"}).out, "files   1"));
    CHECK(offline() == exit_ok);
    auto const again = cache.look({"rm", archive::asset});
    CHECK(again.code == exit_failed);
    CHECK(again.err == std::string("lindi cache: ") + archive::asset + ": cache: not found\n");

    auto const pruned = cache.look({"prune", "--size", "0"});
    CHECK(pruned.code == exit_ok);
    CHECK(pruned.out.ends_with(" bytes removed, 0 left\n"));
    CHECK(offline() == exit_failed);
    CHECK(cache.look({"rm", "--all"}).code == exit_ok);
    CHECK(cache.look({"ls"}).out.empty());
}

TEST_CASE("cache command: usage")
{
    scratch_folder const folder;
    auto const code = [&](std::vector<std::string> args) {
        args.insert(args.begin(), {"--cache", folder / "cache"});
        return run(cache_command, args).code;
    };
    CHECK(code({}) == exit_usage);
    CHECK(code({"other"}) == exit_usage);
    CHECK(code({"rm"}) == exit_usage);
    CHECK(code({"rm", "--all", "https://h/x"}) == exit_usage);
    CHECK(code({"import"}) == exit_usage);
    for (auto const* const size : {"", "x", "-1", "1X", "1GG", "1e5", "nan"})
        CHECK(code({"prune", "--size", size}) == exit_usage);
    for (auto const* const size : {"0", "100", "1.5G", "2T", "10K"})
        CHECK(code({"prune", "--size", size}) == exit_ok);
    CHECK(run(cache_command, {"--cache", "/proc/none", "info"}).code == exit_failed);
}
