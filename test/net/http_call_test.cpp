#include "http_fixture.hpp"

#include <lindi/net/client_thread.hpp>

#include <atomic>

using namespace lindi;
using namespace lindi::test;

namespace {

std::shared_ptr<net::client_thread> start(net::client_options options = quick_options())
{
    auto made = net::client_thread::start(std::move(options));
    REQUIRE(made.has_value());
    return *made;
}

server_options text_file(std::string const& text)
{
    server_options out;
    out.file.assign(as_bytes(text).begin(), as_bytes(text).end());
    return out;
}

}  // namespace

TEST_CASE("call: the whole answer, without a range")
{
    std::string const text(100'000, 'x');
    http_server server(text_file(text));
    auto const client = start();
    auto const got = client->call({.url = server.url("/page?a=1")});
    REQUIRE_MESSAGE(got.has_value(), got.error().message());
    CHECK(got->status == 200);
    CHECK(got->body == text);
    auto const seen = server.requests();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].method == "GET");
    CHECK(seen[0].target == "/page?a=1");
    CHECK(seen[0].range.empty());
}

TEST_CASE("call: HEAD tells the length and brings no body")
{
    http_server server(text_file("0123456789"));
    auto const got = start()->call({.url = server.url(), .method = "HEAD"});
    REQUIRE_MESSAGE(got.has_value(), got.error().message());
    CHECK(got->content_length == 10);
    CHECK(got->body.empty());
}

TEST_CASE("call: an answer over the limit is refused")
{
    http_server server(text_file(std::string(300'000, 'x')));
    auto const got = start()->call({.url = server.url(), .most = 100'000});
    REQUIRE(got.has_error());
    CHECK(got.error().code() == errc::too_large);
}

TEST_CASE("call: failures that may pass are tried again, others are not")
{
    auto options = text_file("done");
    std::atomic<int> count = 0;
    options.decide = [&](seen_request const& seen) {
        behaviour out;
        if (seen.target == "/missing")
            return behaviour{fault::status, 404};
        if (seen.target == "/forbidden")
            return behaviour{fault::status, 403};
        if (count < 3)
            out.fault = count++ == 1 ? fault::reset : fault::retry_after;
        return out;
    };
    http_server server(std::move(options));
    auto const client = start();
    auto const got = client->call({.url = server.url("/flaky")});
    REQUIRE_MESSAGE(got.has_value(), got.error().message());
    CHECK(got->body == "done");
    // The reset of a kept connection does not count.
    CHECK(client->stats().retries == 2);
    CHECK(client->call({.url = server.url("/missing")}).error().code() == errc::not_found);
    CHECK(
        client->call({.url = server.url("/forbidden")}).error().code() ==
        std::errc::permission_denied
    );
    CHECK(client->stats().retries == 2);
}

TEST_CASE("call: redirects are followed, and S3 URLs are signed for the first server only")
{
    auto options = text_file("here");
    options.decide = [](seen_request const& seen) {
        behaviour out;
        if (seen.target != "/there") {
            out.status = 307;
            out.location = "/there";
        }
        return out;
    };
    http_server server(std::move(options));
    auto setup = quick_options();
    setup.s3 = {server.url(""), "us-east-2", "key", "secret", ""};
    auto const got = start(setup)->call({.url = "s3://bucket/an/object"});
    REQUIRE_MESSAGE(got.has_value(), got.error().message());
    auto const seen = server.requests();
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].target == "/bucket/an/object");
    CHECK(seen[0].authorization.starts_with("AWS4-HMAC-SHA256 Credential=key/"));
    CHECK(seen[1].authorization.empty());
}
