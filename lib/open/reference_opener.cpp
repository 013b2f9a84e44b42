#include "reference_opener.hpp"

#include <algorithm>

namespace lindi::open {

result<std::shared_ptr<net::client>> reference_opener::client_for(bool same_server)
{
    if (!options_.client) {
        auto settings = net::options_from(net::process_environment());
        if (!settings)
            return settings.error();
        auto made = net::client::create(std::move(*settings));
        if (!made)
            return made.error();
        options_.client = std::move(*made);
    }
    if (same_server || !place_.is_remote || rules_.private_servers)
        return options_.client;
    if (!public_client_) {
        auto settings = options_.client->options();
        settings.private_servers = net::private_hosts::never;
        auto made = net::client::create(std::move(settings));
        if (!made)
            return made.error();
        public_client_ = std::move(*made);
    }
    return public_client_;
}

result<std::unique_ptr<io::source>> reference_opener::open(std::string const& name, purpose why)
{
    // Enough to find out size and identity: chunks lie anywhere.
    constexpr std::uint64_t first_read_for_chunks = 4096;
    auto const rewritten = rewrite_ ? rewrite_(name) : std::nullopt;
    auto const allowed = rewritten ? result<allowed_name>(allowed_name{*rewritten, true})
                                   : resolve_name(place_, rules_, name);
    if (!allowed)
        return allowed.error();
    auto options = options_;
    if (why == purpose::chunks)
        options.http.first_read = std::min(options.http.first_read, first_read_for_chunks);
    if (is_url(allowed->path_or_url) && !options.offline) {
        auto const client = client_for(allowed->same_server);
        if (!client)
            return client.error();
        options.client = *client;
    }
    auto opened = open_source(allowed->path_or_url, std::move(options));
    if (!opened)
        return opened.error();
    return std::move(opened->source);
}

}  // namespace lindi::open
