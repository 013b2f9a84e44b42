#include "remote_options.hpp"

#include "printable.hpp"

#include <algorithm>
#include <optional>

namespace lindi::tools {
namespace {

/// Where the cache is to be; empty: nowhere.
std::string cache_folder(remote_options const& o, net::environment const& variables)
{
    if (o.no_cache)
        return {};
    return o.cache.empty() ? open::default_cache_folder(variables) : o.cache;
}

result<std::shared_ptr<cache::store>>
open_cache(std::string_view command, remote_options const& o, environment& env)
{
    auto const folder = cache_folder(o, env.variables);
    if (folder.empty())
        return std::shared_ptr<cache::store>();
    auto const warn = [&err = env.err, command](std::string const& text) {
        err << command << ": " << one_line(text) << '\n';
    };
    auto opened = cache::store::open(folder, {.warn = warn});
    if (opened || !o.cache.empty() || o.offline)
        return opened;
    warn(opened.error().message() + "; going on without");
    return std::shared_ptr<cache::store>();
}

}  // namespace

result<std::shared_ptr<net::client>> client_of(environment& env)
{
    if (env.client)
        return env.client;
    auto settings = net::options_from(env.variables);
    if (!settings)
        return settings.error();
    return net::client::create(std::move(*settings));
}

void add_remote_options(command_line& app, remote_options& o)
{
    auto const folder =
        app.value(
               "--cache",
               o.cache,
               "folder where parts of files behind URLs are kept (default: $LINDI_CACHE_DIR, else "
               "lindi in $XDG_CACHE_HOME or ~/.cache)"
        )
            .value_name("DIR");
    auto const none = app.flag("--no-cache", o.no_cache, "keep nothing").excludes(folder);
    auto const offline =
        app.flag("--offline", o.offline, "ask nobody: what the cache has is all there is")
            .excludes(none);
    app.flag("--revalidate", o.revalidate, "ask whether the cache is right, for files of DANDI too")
        .excludes(offline);
}

result<open::source_options> to_source_options(
    std::string_view command,
    std::span<std::string const> files,
    remote_options const& o,
    environment& env
)
{
    open::source_options out;
    out.offline = o.offline;
    out.revalidate = o.revalidate;
    auto const opened = std::make_shared<std::optional<result<std::shared_ptr<cache::store>>>>();
    out.find_cache = [opened, command, o, &env] {
        if (!*opened)
            *opened = open_cache(command, o, env);
        return **opened;
    };
    out.client = env.client;
    if (std::ranges::any_of(files, open::is_url)) {
        auto client = client_of(env);
        if (!client)
            return client.error();
        out.client = std::move(*client);
    }
    return out;
}

}  // namespace lindi::tools
