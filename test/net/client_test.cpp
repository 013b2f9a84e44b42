#include "certificate.hpp"
#include "http_fixture.hpp"

#include <lindi/codec/codec.hpp>
#include <lindi/io/page_source.hpp>
#include <lindi/io/reader.hpp>
#include <lindi/node/read_graph.hpp>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <unistd.h>

using namespace lindi;
using namespace lindi::test;
using net::http_source;

namespace {

/// The certificate as a file that only this test uses.
class authority_file {
public:
    explicit authority_file(std::string const& pem)
        : path_(
              std::filesystem::temp_directory_path() /
              ("lindi-ca-" + std::to_string(::getpid()) + ".pem")
          )
    {
        std::ofstream(path_) << pem;
    }
    ~authority_file() { std::filesystem::remove(path_); }
    std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

server_options secure(std::string const& names, std::string& pem)
{
    auto const made = make_certificate(names);
    pem = made.pem;
    server_options out;
    out.file = make_content(200'000);
    out.tls = true;
    out.certificate = made.pem;
    out.key = made.key;
    return out;
}

}  // namespace

TEST_CASE("TLS: a certificate from a trusted authority for this address")
{
    std::string pem;
    http_server server(secure("IP:127.0.0.1", pem));
    authority_file const authority(pem);
    auto setup = quick_options();
    setup.ca_file = authority.path();
    auto const source = http_source::open(make_client(setup), server.url());
    REQUIRE_MESSAGE(source.has_value(), source.error().message());
    CHECK(
        matches(read(**source, {{100'000, 100'000}})[0], make_content(200'000), {100'000, 100'000})
    );
    CHECK(server.connections() == 1);
}

TEST_CASE("TLS: unknown authorities and other names are refused, and not tried again")
{
    std::string pem;
    http_server server(secure("DNS:other.example", pem));
    authority_file const authority(pem);
    auto client = make_client();
    auto const unknown = http_source::open(client, server.url());
    REQUIRE(unknown.has_error());
    CHECK(client->stats().retries == 0);

    auto setup = quick_options();
    setup.ca_file = authority.path();
    auto const other_name = http_source::open(make_client(setup), server.url());
    REQUIRE(other_name.has_error());
    CHECK(other_name.error().message().find("TLS") != std::string::npos);
    CHECK(server.requests().empty());
}

TEST_CASE("TLS: authorities that cannot be read are an error")
{
    auto setup = quick_options();
    setup.ca_file = "/nowhere/ca.pem";
    CHECK(net::client::create(setup).error().code() == errc::io);
}

TEST_CASE("credentials: sent to their host over TLS, and to nobody that it redirects to")
{
    std::string pem;
    auto options = secure("DNS:api.dandiarchive.org,DNS:dandiarchive.s3.amazonaws.com", pem);
    constexpr auto blob = "/blobs/abc/def/abcdef01-2345-6789-abcd-ef0123456789";
    options.decide = [&](seen_request const& seen) {
        behaviour out;
        if (seen.host == "api.dandiarchive.org") {
            out.status = 302;
            out.location =
                std::string("https://dandiarchive.s3.amazonaws.com") + blob + "?X-Amz-Signature=0";
        }
        return out;
    };
    http_server server(std::move(options));
    authority_file const authority(pem);
    auto setup = quick_options();
    setup.ca_file = authority.path();
    setup.credentials = {{"api.dandiarchive.org", "token secret"}};
    setup.connect_to["api.dandiarchive.org:443"] = server.endpoint();
    setup.connect_to["dandiarchive.s3.amazonaws.com:443"] = server.endpoint();
    std::string const asset =
        "https://api.dandiarchive.org/api/assets/00000000-1111-2222-3333-444444444444/";
    auto const source = http_source::open(make_client(setup), asset);
    REQUIRE_MESSAGE(source.has_value(), source.error().message());
    auto const seen = server.requests();
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].authorization == "token secret");
    CHECK(seen[0].target == "/api/assets/00000000-1111-2222-3333-444444444444/download/");
    CHECK(seen[1].authorization.empty());
    CHECK((*source)->blob_id() == "abcdef01-2345-6789-abcd-ef0123456789");
    CHECK((*source)->reference(net::reference_url::as_given) == asset);
    CHECK((*source)->reference(net::reference_url::api) == asset + "download/");
    CHECK(
        (*source)->reference(net::reference_url::blob) ==
        std::string("https://dandiarchive.s3.amazonaws.com") + blob
    );
}

TEST_CASE("client: an observer sees every request, failed ones and redirects too")
{
    server_options options;
    options.file = make_content(5000);
    std::atomic<int> count = 0;
    options.decide = [&](seen_request const& seen) {
        behaviour out;
        if (count++ == 0) {
            out.fault = fault::reset;
        } else if (seen.target == "/start") {
            out.status = 302;
            out.location = "/file?X-Amz-Signature=0";
        }
        return out;
    };
    http_server server(std::move(options));
    auto const client = make_client();
    std::vector<net::request_seen> seen;
    client->observe([&](net::request_seen const& request) { seen.push_back(request); });
    net::http_options small;
    small.first_read = 100;
    REQUIRE(http_source::open(client, server.url("/start"), small).has_value());
    REQUIRE(seen.size() == 3);
    CHECK(seen[0].status == 0);
    CHECK_FALSE(seen[0].failed.empty());
    CHECK(seen[1].status == 302);
    CHECK(seen[1].failed.empty());
    CHECK(seen[1].bytes == 0);
    CHECK(seen[2].status == 206);
    CHECK(seen[2].bytes == 100);
    CHECK(seen[2].range == io::byte_range{0, 100});
    CHECK(seen[2].url == server.url("/file"));
    for (auto const& request : seen) {
        CHECK(request.wanted <= request.sent);
        CHECK(request.sent <= request.answered);
        CHECK(request.answered <= request.ended);
    }
}

TEST_CASE("private servers: a public URL may not redirect to one")
{
    server_options options;
    options.file = make_content(10);
    options.decide = [](seen_request const& seen) {
        behaviour out;
        if (seen.host == "public.example") {
            out.status = 302;
            out.location = seen.target.substr(1);
        }
        return out;
    };
    http_server server(std::move(options));
    auto setup = quick_options();
    setup.connect_to["public.example:80"] = server.endpoint();
    auto const url = "http://public.example/" + server.url();
    auto const refused = http_source::open(make_client(setup), url);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code() == std::errc::permission_denied);
    CHECK(server.connections() == 1);

    setup.private_servers = net::private_hosts::always;
    CHECK(http_source::open(make_client(setup), url).has_value());
    setup.private_servers = net::private_hosts::never;
    CHECK(http_source::open(make_client(setup), server.url()).has_error());
}

TEST_CASE("proxy: plain requests carry the whole URL and the proxy's password")
{
    server_options options;
    options.file = make_content(10);
    http_server proxy(std::move(options));
    auto setup = quick_options();
    setup.proxies.for_http = *net::parse_url("http://me:pass@" + proxy.endpoint());
    auto const source = http_source::open(make_client(setup), "http://example.invalid/x?y");
    REQUIRE_MESSAGE(source.has_value(), source.error().message());
    auto const seen = proxy.requests();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].target == "http://example.invalid/x?y");
    CHECK(seen[0].host == "example.invalid");
    CHECK(seen[0].proxy_authorization == "Basic bWU6cGFzcw==");  // printf me:pass | base64
}

TEST_CASE("stop: running and later requests end as cancelled")
{
    server_options options;
    options.file = make_content(200'000);
    options.decide = [](seen_request const& seen) {
        return seen.range == "bytes=0-65535" ? behaviour{} : behaviour{fault::silence};
    };
    http_server server(std::move(options));
    auto client = make_client();
    auto const source = http_source::open(client, server.url());
    REQUIRE(source.has_value());
    std::thread stopper([&] {
        while (server.requests().size() < 2)
            std::this_thread::yield();
        client->stop();
    });
    auto const got = read(**source, {{100'000, 10}});
    stopper.join();
    CHECK(got[0].error().code() == errc::cancelled);
    CHECK(read(**source, {{150'000, 10}})[0].error().code() == errc::cancelled);
    CHECK(http_source::open(client, server.url()).error().code() == errc::cancelled);
}

TEST_CASE("client: a whole file is read through pages with few requests")
{
    std::ifstream in(TEST_DATA "/sample.nwb", std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(in), {}};
    REQUIRE_FALSE(text.empty());
    server_options options;
    options.file.assign(as_bytes(text).begin(), as_bytes(text).end());
    http_server server(std::move(options));
    auto source = http_source::open(make_client(), server.url());
    REQUIRE(source.has_value());
    io::page_source pages(std::move(*source));
    lindi::budget budget{limits{}};
    io::reader reader(pages, budget);
    auto const codecs = codec::built_in_filters();
    node::file file(reader, codecs);
    auto const done = reader.run(node::read_graph(file, {}));
    REQUIRE_MESSAGE(done.has_value(), done.error().message());
    CHECK(file.contents.objects.size() > 1);
    CHECK(reader.stats().waves <= 4);
    CHECK(server.requests().size() <= 5);
}
