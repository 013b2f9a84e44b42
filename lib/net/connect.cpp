#include "client_state.hpp"
#include "text.hpp"

#include <boost/beast/core/detail/base64.hpp>

#include <utility>

namespace lindi::net {
namespace {

/// The resolver blocks a thread of its own and cannot be stopped: whoever waits for it watches a
/// timer.
struct lookup {
    explicit lookup(asio::io_context& context) : resolver(context), wake_up(context) {}

    tcp::resolver resolver;
    asio::steady_timer wake_up;
    bool is_done = false;
    error_code failed{};
    std::vector<tcp::endpoint> found;
};

void start_lookup(std::shared_ptr<lookup> const& query, std::string const& host, std::uint16_t port)
{
    auto const on_found = [query](error_code failed, tcp::resolver::results_type const& found) {
        query->is_done = true;
        query->failed = failed;
        for (auto const& one : found)
            query->found.push_back(one.endpoint());
        query->wake_up.cancel();
    };
    query->resolver.async_resolve(host, std::to_string(port), on_found);
}

bool is_private(tcp::endpoint const& at)
{
    return is_private_address(at.address().to_string());
}

failure refused_as_private(std::string const& host)
{
    return permanent(error(
        std::make_error_code(std::errc::permission_denied),
        error::nowhere,
        "HTTP request",
        host + " has a private address, which is not allowed here"
    ));
}

/// "address:port" of the option connect_to.
std::optional<tcp::endpoint> parse_endpoint(std::string const& text)
{
    auto const colon = text.rfind(':');
    if (colon == std::string::npos)
        return std::nullopt;
    auto const port = parse_number(std::string_view(text).substr(colon + 1));
    error_code failed;
    auto const address = asio::ip::make_address(text.substr(0, colon), failed);
    if (failed || !port || *port > 65535)
        return std::nullopt;
    return tcp::endpoint(address, static_cast<std::uint16_t>(*port));
}

std::string base64(std::string const& text)
{
    namespace base64 = beast::detail::base64;
    std::string out(base64::encoded_size(text.size()), '\0');
    out.resize(base64::encode(out.data(), text.data(), text.size()));
    return out;
}

/// Names that only ever mean this machine; a proxy would resolve them on its side.
bool is_local_name(std::string_view host)
{
    return host == "localhost" || host.ends_with(".localhost") ||
           (is_ip_address(host) && is_private_address(host));
}

}  // namespace

std::string proxy_authorization(url const& proxy)
{
    return proxy.user_info.empty() ? std::string() : "Basic " + base64(proxy.user_info);
}

awaitable<std::variant<client::state::addresses, failure>>
client::state::find_addresses(std::string host, std::uint16_t port, steady_time by)
{
    addresses out;
    auto const key = host + ":" + std::to_string(port);
    if (auto const given = options.connect_to.find(key); given != options.connect_to.end()) {
        auto const endpoint = parse_endpoint(given->second);
        if (!endpoint)
            co_return permanent(error(errc::bad_value, error::nowhere, "connect_to", given->second)
            );
        out.endpoints.push_back(*endpoint);
        out.vouched_for = true;
        co_return out;
    }
    auto const query = std::make_shared<lookup>(context_);
    start_lookup(query, host, port);
    query->wake_up.expires_at(by);
    sleeping_.insert(&query->wake_up);
    error_code woken;
    if (!query->is_done)
        co_await query->wake_up.async_wait(into(woken));
    sleeping_.erase(&query->wake_up);
    if (is_stopping())
        co_return stopped();
    if (!query->is_done)
        co_return transport_failure(beast::error::timeout, "looking up " + host);
    if (query->failed)
        co_return transport_failure(query->failed, "looking up " + host);
    out.endpoints = std::move(query->found);
    co_return out;
}

/// One address after the other; each gets its share of the time that is left.
awaitable<client::state::connected>
client::state::open_tcp(url const& server, bool may_be_private, steady_time by)
{
    auto found = co_await find_addresses(server.host, server.port, by);
    if (auto* const failed = std::get_if<failure>(&found))
        co_return std::move(*failed);
    auto const& [endpoints, vouched_for] = std::get<addresses>(found);
    failure last = transport_failure(asio::error::host_not_found, "looking up " + server.host);
    auto left = static_cast<std::int64_t>(endpoints.size());
    for (auto const& endpoint : endpoints) {
        bool const private_address = !vouched_for && is_private(endpoint);
        if (private_address && !may_be_private) {
            last = refused_as_private(server.host);
            --left;
            continue;
        }
        auto made = std::make_unique<connection>(context_, private_address);
        watch(made.get());
        auto const time = (by - std::chrono::steady_clock::now()) / left--;
        made->allow(std::chrono::duration_cast<milliseconds>(time));
        auto const failed = co_await made->connect(endpoint);
        unwatch(made.get());
        if (is_stopping())
            co_return stopped();
        if (!failed)
            co_return std::move(made);
        last = transport_failure(failed, "connecting to " + server.authority());
    }
    co_return std::move(last);
}

/// RFC 9110, 9.3.6: the proxy passes everything on after its 2xx answer.
awaitable<std::optional<failure>>
client::state::open_tunnel(connection& through, url const& proxy, url const& to)
{
    auto const target = to.host.find(':') == std::string::npos ? to.host : "[" + to.host + "]";
    auto const host = target + ":" + std::to_string(to.port);
    http_request request(http::verb::connect, host, 11);
    request.set(http::field::host, host);
    if (auto const secret = proxy_authorization(proxy); !secret.empty())
        request.set(http::field::proxy_authorization, secret);
    auto const step = "asking the proxy " + proxy.authority() + " for " + host;
    auto failed = co_await through.write(request);
    if (failed)
        co_return transport_failure(failed, step);
    http_parser parser;
    parser.skip(true);
    failed = co_await through.read_head(parser);
    if (failed)
        co_return transport_failure(failed, step);
    auto const status = parser.get().result_int();
    if (status / 100 == 2)
        co_return std::nullopt;
    auto refused = status_failure(status, parser.get().reason(), "");
    auto const detail = step + ": " + std::string(refused.why.detail());
    refused.why = error(refused.why.code(), error::nowhere, "HTTP request", detail);
    co_return refused;
}

awaitable<client::state::connected>
client::state::open(url const& to, bool may_be_private, steady_time deadline)
{
    auto const proxy = proxy_for(options.proxies, to);
    if (proxy && !may_be_private && is_local_name(to.host))
        co_return refused_as_private(to.host);
    auto const by = std::min(std::chrono::steady_clock::now() + options.timeouts.connect, deadline);
    auto made = co_await open_tcp(proxy ? *proxy : to, may_be_private || proxy, by);
    if (std::holds_alternative<failure>(made))
        co_return std::move(made);
    ++stats.connections;
    auto& opened = std::get<std::unique_ptr<connection>>(made);
    std::optional<failure> failed;
    watch(opened.get());
    opened->deadline = by;
    opened->allow(options.timeouts.connect);
    if (proxy && to.tls)
        failed = co_await open_tunnel(*opened, *proxy, to);
    if (!failed && to.tls) {
        auto const code = co_await opened->start_tls(tls_, to.host);
        if (code)
            failed = transport_failure(code, "TLS with " + to.authority());
    }
    unwatch(opened.get());
    opened->deadline = deadline;
    if (is_stopping())
        co_return stopped();
    if (failed)
        co_return std::move(*failed);
    co_return std::move(made);
}

}  // namespace lindi::net
