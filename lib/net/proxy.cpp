#include "text.hpp"

#include <lindi/net/proxy.hpp>
#include <lindi/net/redirect.hpp>

#include <algorithm>

#include <arpa/inet.h>

namespace lindi::net {
namespace {

result<std::optional<url>>
read_proxy(environment const& env, std::initializer_list<char const*> names)
{
    auto const value = first_set(env, names);
    if (value.empty())
        return std::optional<url>();
    auto const text = value.find("://") == std::string::npos ? "http://" + value : value;
    auto parsed = parse_url(text);
    // The value may hold a password: it stays out of the message.
    if (!parsed && parsed.error().code() != errc::unsupported)
        return error(
            errc::bad_value, error::nowhere, "proxy", std::string(*names.begin()) + " is no URL"
        );
    if (!parsed || parsed->tls)
        return error(
            errc::unsupported,
            error::nowhere,
            "proxy",
            std::string(*names.begin()) + " is not an http proxy"
        );
    return std::optional<url>(std::move(*parsed));
}

std::vector<std::string> split_list(std::string_view text)
{
    std::vector<std::string> out;
    while (!text.empty()) {
        auto const end = std::min(text.find(','), text.size());
        auto const item = trim(text.substr(0, end));
        if (!item.empty())
            out.push_back(to_lower(item));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::optional<std::uint32_t> v4_of(std::string_view text)
{
    std::string const terminated(text);
    in_addr v4{};
    if (::inet_pton(AF_INET, terminated.c_str(), &v4) != 1)
        return std::nullopt;
    return ntohl(v4.s_addr);
}

bool in_network(std::string_view rule, std::string_view host)
{
    auto const slash = rule.find('/');
    if (slash == std::string_view::npos)
        return false;
    auto const network = v4_of(rule.substr(0, slash));
    auto const bits = parse_number(rule.substr(slash + 1));
    auto const address = v4_of(host);
    if (!network || !bits || !address || *bits > 32)
        return false;
    return *bits == 0 || ((*network ^ *address) >> (32 - *bits)) == 0;
}

bool covers(std::string_view rule, url const& to)
{
    if (rule == "*")
        return true;
    if (in_network(rule, to.host))
        return true;
    if (rule == to.host || rule == "[" + to.host + "]")
        return true;
    if (rule == to.host + ":" + std::to_string(to.port))
        return true;
    if (rule.starts_with("*."))
        rule.remove_prefix(1);
    if (rule.starts_with('.'))
        rule.remove_prefix(1);
    return !rule.empty() && to.host.size() > rule.size() && to.host.ends_with(rule) &&
           to.host[to.host.size() - rule.size() - 1] == '.' && !is_ip_address(to.host);
}

}  // namespace

result<proxy_settings> proxies_from(environment const& env)
{
    proxy_settings out;
    auto for_http = read_proxy(env, {"http_proxy", "all_proxy", "ALL_PROXY"});
    if (!for_http)
        return for_http.error();
    auto for_https = read_proxy(env, {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
    if (!for_https)
        return for_https.error();
    out.for_http = std::move(*for_http);
    out.for_https = std::move(*for_https);
    out.direct = split_list(first_set(env, {"no_proxy", "NO_PROXY"}));
    return out;
}

std::optional<url> proxy_for(proxy_settings const& settings, url const& to)
{
    for (auto const& rule : settings.direct)
        if (covers(rule, to))
            return std::nullopt;
    return to.tls ? settings.for_https : settings.for_http;
}

}  // namespace lindi::net
