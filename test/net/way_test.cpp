// The way to a server: names, addresses of the other kind, proxies, and time that runs out.

#include "certificate.hpp"
#include "http_fixture.hpp"
#include "scratch_folder.hpp"
#include "tunnel_proxy.hpp"

#include <fstream>

using namespace lindi;
using namespace lindi::test;
using net::http_source;

namespace {

server_options serving()
{
    server_options out;
    out.file = make_content(200'000);
    return out;
}

/// A server with a certificate for a name that no resolver knows, and a client that trusts it.
struct secure_server {
    scratch_folder folder;
    certificate made = make_certificate("DNS:files.invalid");
    http_server server{options()};

    server_options options() const
    {
        auto out = serving();
        out.tls = true;
        out.certificate = made.pem;
        out.key = made.key;
        return out;
    }
    net::client_options settings() const
    {
        std::ofstream(folder.file("ca.pem")) << made.pem;
        auto out = quick_options();
        out.retry.attempts = 2;
        out.ca_file = folder.file("ca.pem");
        return out;
    }
};

}  // namespace

TEST_CASE("way: a name that nobody knows is tried again, then it is an error that says so")
{
    auto setup = quick_options();
    setup.retry.attempts = 2;
    setup.timeouts.connect = net::milliseconds(2'000);  // some resolvers never answer
    auto client = make_client(setup);
    auto const source = http_source::open(client, "http://nowhere.invalid/x.h5");
    REQUIRE(source.has_error());
    CHECK(source.error().message().find("looking up nowhere.invalid") != std::string::npos);
    CHECK(client->stats().retries == 1);
    CHECK(client->stats().connections == 0);
}

TEST_CASE("way: IPv6")
{
    auto options = serving();
    options.ipv6 = true;
    std::optional<http_server> server;
    try {
        server.emplace(std::move(options));
    } catch (std::exception const& failed) {
        MESSAGE("skipped: no IPv6 here: ", failed.what());
        return;
    }
    auto const source = http_source::open(make_client(), server->url());
    REQUIRE_MESSAGE(source.has_value(), source.error().message());
    CHECK(server->url().starts_with("http://[::1]:"));
    CHECK(server->requests()[0].host == server->endpoint());
    CHECK(matches(read(**source, {{100'000, 10}})[0], make_content(200'000), {100'000, 10}));
}

TEST_CASE("way: TLS goes through a proxy's tunnel, which sees the host and its own password only")
{
    secure_server const secure;
    tunnel_proxy const proxy(secure.server.port(), "HTTP/1.1 200 OK");
    auto setup = secure.settings();
    setup.proxies.for_https = *net::parse_url("http://me:pass@" + proxy.endpoint());
    setup.credentials = {{"files.invalid", "token secret"}};
    auto const source = http_source::open(make_client(setup), "https://files.invalid/x.h5");
    REQUIRE_MESSAGE(source.has_value(), source.error().message());
    CHECK(matches(*(*source)->resident({7, 10}), make_content(200'000), {7, 10}));
    auto const heads = proxy.heads();
    REQUIRE(heads.size() == 1);
    CHECK(heads[0].starts_with("CONNECT files.invalid:443 HTTP/1.1\r\n"));
    // printf me:pass | base64
    CHECK(heads[0].find("Proxy-Authorization: Basic bWU6cGFzcw==\r\n") != std::string::npos);
    CHECK(heads[0].find("secret") == std::string::npos);
    auto const seen = secure.server.requests();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].target == "/x.h5");
    CHECK(seen[0].authorization == "token secret");
    CHECK(seen[0].proxy_authorization.empty());
}

TEST_CASE("way: a proxy that refuses a tunnel is named, without its password")
{
    secure_server const secure;
    tunnel_proxy const proxy(secure.server.port(), "HTTP/1.1 407 Proxy Authentication Required");
    auto setup = secure.settings();
    setup.proxies.for_https = *net::parse_url("http://me:pass@" + proxy.endpoint());
    auto const source = http_source::open(make_client(setup), "https://files.invalid/x.h5");
    REQUIRE(source.has_error());
    auto const text = source.error().message();
    CHECK(text.find("407") != std::string::npos);
    CHECK(text.find(proxy.endpoint()) != std::string::npos);
    CHECK(text.find("pass") == std::string::npos);
    CHECK(secure.server.connections() == 0);
}

TEST_CASE("way: hosts of no_proxy are reached without the proxy")
{
    http_server server(serving());
    http_server proxy(serving());
    auto setup = quick_options();
    auto const proxies = net::proxies_from([&](char const* text) {
        std::string const name = text;
        if (name == "http_proxy")
            return std::optional<std::string>("http://" + proxy.endpoint());
        if (name == "no_proxy")
            return std::optional<std::string>("example.org, 127.0.0.0/8");
        return std::optional<std::string>();
    });
    REQUIRE(proxies.has_value());
    setup.proxies = *proxies;
    CHECK(http_source::open(make_client(setup), server.url()).has_value());
    CHECK(server.requests().size() == 1);
    CHECK(proxy.requests().empty());
    setup.proxies.direct.clear();
    CHECK(http_source::open(make_client(setup), server.url()).has_value());
    CHECK(server.requests().size() == 1);
    CHECK(proxy.requests().size() == 1);
}

TEST_CASE("way: a server that never answers a handshake ends with the time to connect")
{
    listening_socket const silent;
    auto setup = quick_options();
    setup.retry.attempts = 2;
    setup.timeouts.connect = net::milliseconds(50);
    auto const source = http_source::open(make_client(setup), "https://" + silent.endpoint() + "/");
    REQUIRE(source.has_error());
    CHECK(source.error().code() == std::errc::timed_out);
}

TEST_CASE("way: a body that trickles ends with the time of a request, however busy it is")
{
    auto options = serving();
    options.bandwidth = 100'000;
    http_server server(std::move(options));
    auto setup = quick_options();
    setup.retry.attempts = 1;
    setup.timeouts.request = net::milliseconds(200);
    auto const source = http_source::open(make_client(setup), server.url());
    REQUIRE(source.has_error());
    CHECK(source.error().code() == std::errc::timed_out);
}

TEST_CASE("way: a server that asks for more patience than is allowed is given up at once")
{
    auto options = serving();
    options.decide = [](seen_request const&) {
        behaviour out{fault::retry_after, 503};
        out.retry_after = "3600";
        return out;
    };
    http_server server(std::move(options));
    CHECK(http_source::open(make_client(), server.url()).has_error());
    CHECK(server.requests().size() == 1);
}

TEST_CASE("way: a server that asks for a second gets it")
{
    auto options = serving();
    options.decide = [n = 0](seen_request const&) mutable {
        behaviour out{n++ == 0 ? fault::retry_after : fault::none, 429};
        out.retry_after = "1";
        return out;
    };
    http_server server(std::move(options));
    auto const start = std::chrono::steady_clock::now();
    CHECK(http_source::open(make_client(), server.url()).has_value());
    CHECK(std::chrono::steady_clock::now() - start >= std::chrono::seconds(1));
    CHECK(server.requests().size() == 2);
}
