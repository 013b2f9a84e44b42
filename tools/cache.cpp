#include "byte_size.hpp"
#include "cache_import.hpp"
#include "command_line.hpp"
#include "environment.hpp"
#include "printable.hpp"

#include <lindi/open/cached_files.hpp>
#include <lindi/open/open_source.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <ctime>

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi cache";
constexpr char const* examples = R"(
The cache has parts of files that were read from URLs. It is a folder, which many programs may use at a time.

Examples:
  lindi cache info
  lindi cache ls
  lindi cache rm https://example.org/recording.nwb
  lindi cache prune --size 2G
  lindi cache verify
  lindi cache import ~/.lindi/cache/lindi_cache.db
)";

struct cache_options {
    std::string folder{};
    std::vector<std::string> urls{};
    bool all = false;
    std::string size = "10G";
    std::string file{};
};

using store = std::shared_ptr<cache::store>;

int fail(environment& env, error const& why)
{
    env.err << command << ": " << one_line(why.message()) << '\n';
    return exit_failed;
}

/// "2026-11-23 06:12:23" in UTC.
std::string time_text(std::uint64_t microseconds)
{
    auto const seconds = static_cast<std::time_t>(microseconds / 1'000'000);
    std::tm parts{};
    std::array<char, 32> out{};
    if (::gmtime_r(&seconds, &parts) == nullptr ||
        std::strftime(out.data(), out.size(), "%F %T", &parts) == 0)
        return "?";
    return out.data();
}

int info(store const& in, cache_options const& o, environment& env)
{
    auto const totals = in->totals();
    env.out << "folder  " << printable(o.folder) << "\nfiles   " << totals.files << "\nranges  "
            << totals.ranges << "\nbytes   " << totals.bytes << " of at most "
            << cache::store_options{}.limit << '\n';
    return exit_ok;
}

int list(store const& in, cache_options const&, environment& env)
{
    for (auto const& file : in->files())
        env.out << time_text(file.last_use) << "  " << file.bytes << "  "
                << one_line(file.content.text) << '\n';
    return exit_ok;
}

int remove(store const& in, cache_options const& o, environment& env)
{
    if (o.all == !o.urls.empty()) {
        env.err << command << " rm: URLs or --all are needed\n";
        return exit_usage;
    }
    if (o.all) {
        auto const done = in->remove_all();
        return done ? exit_ok : fail(env, done.error());
    }
    auto const settings = net::options_from(env.variables);
    if (!settings)
        return fail(env, settings.error());
    int status = exit_ok;
    for (auto const& url : o.urls)
        if (auto const done = open::forget(*in, *settings, url); !done)
            status = fail(env, done.error());
    return status;
}

int prune(store const& in, cache_options const& o, environment& env)
{
    auto const limit = parse_size(o.size);
    if (!limit) {
        env.err << command << " prune: --size: a number of bytes is needed, as 500M or 2G\n";
        return exit_usage;
    }
    auto const done = in->prune(*limit);
    if (!done)
        return fail(env, done.error());
    env.out << *done << " bytes removed, " << in->totals().bytes << " left\n";
    return exit_ok;
}

int verify(store const& in, cache_options const&, environment& env)
{
    auto const found = in->verify();
    if (!found)
        return fail(env, found.error());
    env.out << found->files << " files, " << found->ranges << " ranges, " << found->bytes
            << " bytes; " << found->damaged << " damaged, removed\n";
    return found->damaged == 0 ? exit_ok : exit_problems;
}

int import(store const& in, cache_options const& o, environment& env)
{
    auto const done = import_python_cache(*in, o.file, o.all, env);
    if (!done)
        return fail(env, done.error());
    env.out << done->ranges << " ranges of " << done->files << " files imported, " << done->bytes
            << " bytes; " << done->skipped << " ranges left out\n";
    return done->problems == 0 ? exit_ok : exit_problems;
}

void add_remove_options(command_line& app, cache_options& o)
{
    app.value("URL", o.urls, "as they were given to other commands").value_name("");
    app.flag("--all", o.all, "everything");
}

void add_prune_options(command_line& app, cache_options& o)
{
    app.value("--size", o.size, "what may be left (default: 10G)").value_name("BYTES");
}

void add_import_options(command_line& app, cache_options& o)
{
    app.value("FILE", o.file, "lindi_cache.db").required().value_name("");
    app.flag(
        "--all", o.all, "also of URLs whose content may have changed since: take it as it is now"
    );
}

struct action {
    char const* name;
    char const* what;
    int (*run)(store const&, cache_options const&, environment&);
    void (*add_options)(command_line&, cache_options&) = nullptr;
};

constexpr std::array actions{
    action{"info", "where it is and how much is in it", info},
    action{"ls", "what it has: last use (UTC), bytes, content; the latest first", list},
    action{"rm", "forget files", remove, add_remove_options},
    action{"prune", "forget what was used least recently", prune, add_prune_options},
    action{"verify", "look at every byte, remove what is damaged (exit status 3)", verify},
    action{"import", "take over what Python lindi has cached", import, add_import_options},
};

void add_actions(command_line& app, cache_options& o)
{
    app.value(
           "--cache",
           o.folder,
           "folder (default: $LINDI_CACHE_DIR, else lindi in $XDG_CACHE_HOME or ~/.cache)"
    )
        .value_name("DIR");
    app.subcommand("path", "only its folder");
    for (auto const& one : actions) {
        auto own = app.subcommand(one.name, one.what);
        if (one.add_options != nullptr)
            one.add_options(own, o);
    }
    app.footer(examples);
}

}  // namespace

int cache_command(arguments args, environment& env)
{
    cache_options options;
    command_line app("Looks after the cache of files behind URLs.", command);
    add_actions(app, options);
    if (auto const stop = app.read(args, env))
        return *stop;
    if (options.folder.empty())
        options.folder = open::default_cache_folder(env.variables);
    if (options.folder.empty())
        return fail(env, error(errc::not_found, error::nowhere, "cache", "no folder: use --cache"));
    if (app.has("path")) {
        env.out << options.folder << '\n';
        return exit_ok;
    }
    auto const warn = [&](std::string const& text) {
        env.err << command << ": " << one_line(text) << '\n';
    };
    auto const opened = cache::store::open(options.folder, {.warn = warn});
    if (!opened)
        return fail(env, opened.error());
    for (auto const& one : actions)
        if (app.has(one.name))
            return one.run(*opened, options, env);
    return exit_usage;
}

}  // namespace lindi::tools
