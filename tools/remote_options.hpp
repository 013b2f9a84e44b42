/// \file
/// The options of every subcommand that opens files behind URLs.

#pragma once

#include "environment.hpp"

#include <lindi/open/open_source.hpp>

#include <CLI/CLI.hpp>

namespace lindi::tools {

struct remote_options {
    std::string cache{};  ///< folder; empty: the default one
    bool no_cache = false;
    bool offline = false;
    bool revalidate = false;
};

/// The environment's client, or a new one with the settings that the variables say.
/// \return or as net::options_from and net::client::create
result<std::shared_ptr<net::client>> client_of(environment& env);

/// Adds --cache, --no-cache, --offline and --revalidate.
void add_remote_options(CLI::App& app, remote_options& o);

/// Makes the client and opens the cache, both for URLs only. A default cache that cannot be used is
/// said on env.err and done without.
/// \return or what net::options_from, net::client::create and, for a cache that was asked for,
///   cache::store::open say
result<open::source_options> to_source_options(
    std::string_view command, std::string const& file, remote_options const& o, environment& env
);

}  // namespace lindi::tools
