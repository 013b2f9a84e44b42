/// \file
/// The options of every subcommand that opens files behind URLs.

#pragma once

#include "command_line.hpp"
#include "environment.hpp"

#include <lindi/open/open_source.hpp>

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
void add_remote_options(command_line& app, remote_options& o);

/// Makes the client if one of the files is a URL. The cache is opened with the first URL, which a
/// local document may name, too: once for all copies of these options. A default cache that cannot
/// be used is said on env.err and done without; one that was asked for has to be there.
/// \param command  a literal
/// \param env      outlives the options
/// \return or what net::options_from and net::client::create say
result<open::source_options> to_source_options(
    std::string_view command,
    std::span<std::string const> files,
    remote_options const& o,
    environment& env
);

}  // namespace lindi::tools
