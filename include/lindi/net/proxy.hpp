/// \file
/// Proxies as the environment names them.

#pragma once

#include <lindi/net/environment.hpp>
#include <lindi/net/url.hpp>

#include <optional>
#include <string>
#include <vector>

namespace lindi::net {

struct proxy_settings {
    std::optional<url> for_http;
    std::optional<url> for_https;
    /// Hosts that are reached directly: "host", ".domain" or "domain" with all below it,
    /// "host:port", an IP address, an IPv4 network as "10.0.0.0/8", or "*".
    std::vector<std::string> direct;
};

/// http_proxy (upper case not: a CGI server sets it from a request header), https_proxy, all_proxy,
/// no_proxy and the last three in upper case. A proxy without a scheme is http. \return
/// errc::bad_value naming the variable, errc::unsupported for socks and https proxies
result<proxy_settings> proxies_from(environment const& env);

/// The proxy for a URL, or nothing when it is to be reached directly.
std::optional<url> proxy_for(proxy_settings const& settings, url const& to);

}  // namespace lindi::net
