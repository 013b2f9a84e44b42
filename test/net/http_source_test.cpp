#include "http_fixture.hpp"

using namespace lindi;
using namespace lindi::test;
using io::byte_range;
using net::http_source;

namespace {

server_options serving(std::size_t size)
{
    server_options out;
    out.file = make_content(size);
    return out;
}

}  // namespace

TEST_CASE("HTTP source: the first request finds size and identity and keeps its bytes")
{
    auto options = serving(200'000);
    auto const content = options.file;
    http_server server(std::move(options));
    auto const source = http_source::open(make_client(), server.url());
    REQUIRE_MESSAGE(source.has_value(), source.error().message());
    auto& file = **source;
    CHECK(file.size() == 200'000);
    CHECK(file.name() == server.url());
    CHECK(file.identity().etag == "\"abc\"");
    auto const first = file.resident({100, 1000});
    REQUIRE(first.has_value());
    CHECK(matches(*first, content, {100, 1000}));
    CHECK_FALSE(file.resident({64 * 1024 - 1, 2}).has_value());
    CHECK(server.requests().size() == 1);
    CHECK(server.requests()[0].method == "GET");
    CHECK(server.requests()[0].range == "bytes=0-65535");
}

TEST_CASE(
    "HTTP source: all ranges of a wave come back in order, large ones over several connections"
)
{
    auto options = serving(3'000'000);
    auto const content = options.file;
    http_server server(std::move(options));
    auto client = make_client();
    auto const source = http_source::open(client, server.url());
    REQUIRE(source.has_value());
    std::vector<byte_range> const wave = {
        {2'900'000, 100'000},
        {100'000, 10},
        {0, 0},
        {100'005, 10},
        {0, 3'000'000},
        {5, 1},
        {2'999'999, 1}};
    auto const got = read(**source, wave);
    REQUIRE(got.size() == wave.size());
    for (std::size_t i = 0; i < wave.size(); ++i) {
        CAPTURE(i);
        CHECK(matches(got[i], content, wave[i]));
    }
    CHECK(server.connections() <= 16);
    CHECK(client->stats().retries == 0);
}

TEST_CASE("HTTP source: far ranges are requests of their own and use kept connections")
{
    auto options = serving(40'000'000);
    auto const content = options.file;
    http_server server(std::move(options));
    auto setup = quick_options();
    setup.connections_per_host = 3;
    setup.most_connections_per_host = 3;
    auto client = make_client(setup);
    auto const source = http_source::open(client, server.url());
    REQUIRE(source.has_value());
    for (int round = 0; round < 2; ++round) {
        std::vector<byte_range> wave;
        for (std::uint64_t i = 0; i < 9; ++i)
            wave.push_back({1'000'000 + i * 4'000'000, 100});
        auto const got = read(**source, wave);
        for (std::size_t i = 0; i < wave.size(); ++i)
            CHECK(matches(got[i], content, wave[i]));
    }
    CHECK(server.requests().size() == 19);
    CHECK(server.connections() <= 3);
    CHECK((*source)->stats().requests == 19);
    CHECK((*source)->stats().bytes_fetched == 64 * 1024 + 18 * 100);
}

TEST_CASE("HTTP source: small, tiny and empty files")
{
    for (std::size_t const size : {std::size_t{0}, std::size_t{1}, std::size_t{65'536}}) {
        CAPTURE(size);
        auto options = serving(size);
        auto const content = options.file;
        http_server server(std::move(options));
        auto const source = http_source::open(make_client(), server.url());
        REQUIRE_MESSAGE(source.has_value(), source.error().message());
        CHECK((*source)->size() == size);
        auto const all = (*source)->resident({0, size});
        REQUIRE(all.has_value());
        CHECK(matches(*all, content, {0, size}));
    }
}

TEST_CASE("HTTP source: a server without ranges serves small files, large ones are refused")
{
    auto options = serving(100'000);
    auto const content = options.file;
    options.decide = [](seen_request const&) { return behaviour{fault::whole_file}; };
    http_server server(std::move(options));
    auto const source = http_source::open(make_client(), server.url());
    REQUIRE(source.has_value());
    CHECK(matches(*(*source)->resident({0, 100'000}), content, {0, 100'000}));

    net::http_options small;
    small.whole_file = 99'999;
    auto const refused = http_source::open(make_client(), server.url(), small);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code() == errc::io);
}

TEST_CASE("HTTP source: a read over the limit is refused before any memory is taken")
{
    http_server server(serving(200'000));
    net::http_options options;
    options.largest_range = 1000;
    auto const source = http_source::open(make_client(), server.url(), options);
    REQUIRE(source.has_value());
    auto const got = read(**source, {{100'000, 1001}, {100'000, 1000}});
    CHECK(got[0].error().code() == errc::too_large);
    CHECK(got[1].has_value());
    CHECK(server.requests().size() == 2);
}

TEST_CASE("HTTP source: requests have a budget")
{
    http_server server(serving(200'000));
    net::http_options options;
    options.requests = 2;
    auto const source = http_source::open(make_client(), server.url(), options);
    REQUIRE(source.has_value());
    CHECK(read(**source, {{100'000, 10}})[0].has_value());
    CHECK(read(**source, {{150'000, 10}})[0].error().code() == errc::too_large);
}

TEST_CASE("HTTP source: redirects are followed once, later requests go to where they led")
{
    auto options = serving(200'000);
    options.decide = [](seen_request const& seen) {
        behaviour out;
        if (seen.target == "/a")
            return out.location = "/b?x", out.status = 302, out;
        if (seen.target == "/b?x")
            return out.location = "c", out.status = 308, out;
        return out;
    };
    http_server server(std::move(options));
    auto client = make_client();
    auto const source = http_source::open(client, server.url("/a"));
    REQUIRE_MESSAGE(source.has_value(), source.error().message());
    CHECK(read(**source, {{100'000, 10}})[0].has_value());
    auto const seen = server.requests();
    REQUIRE(seen.size() == 4);
    CHECK(seen[1].target == "/b?x");
    CHECK(seen[2].target == "/c");
    CHECK(seen[3].target == "/c");
    CHECK(client->stats().redirects == 2);
    CHECK((*source)->reference(net::reference_url::blob) == server.url("/a"));
}

TEST_CASE("HTTP source: redirects in circles end")
{
    auto options = serving(10);
    options.decide = [](seen_request const&) {
        behaviour out;
        out.location = "/again";
        out.status = 301;
        return out;
    };
    http_server server(std::move(options));
    auto const source = http_source::open(make_client(), server.url());
    REQUIRE(source.has_error());
    CHECK(source.error().code() == errc::io);
    CHECK(server.requests().size() == 11);
}

TEST_CASE(
    "HTTP source: an expired target is asked for again from the original URL, by one request only"
)
{
    auto options = serving(30'000'000);
    auto const content = options.file;
    auto const signature = std::make_shared<int>(1);
    options.decide = [signature](seen_request const& seen) {
        behaviour out;
        if (seen.target == "/asset") {
            out.location = "/signed?" + std::to_string(*signature);
            out.status = 302;
        } else if (seen.target != "/signed?" + std::to_string(*signature)) {
            out.fault = fault::status;
            out.status = 403;
        } else if (seen.range == "bytes=0-65535") {
            ++*signature;  // the next one finds it expired
        }
        return out;
    };
    http_server server(std::move(options));
    auto client = make_client();
    auto const source = http_source::open(client, server.url("/asset"));
    REQUIRE_MESSAGE(source.has_value(), source.error().message());
    std::vector<byte_range> wave;
    for (std::uint64_t i = 0; i < 6; ++i)
        wave.push_back({1'000'000 + 4'000'000 * i, 100});
    auto const got = read(**source, wave);
    for (std::size_t i = 0; i < wave.size(); ++i)
        CHECK(matches(got[i], content, wave[i]));
    std::size_t asked_origin = 0;
    for (auto const& seen : server.requests())
        asked_origin += seen.target == "/asset" ? 1 : 0;
    CHECK(asked_origin == 2);
    CHECK(client->stats().renewals >= 1);
    CHECK(client->stats().retries == 0);
}

TEST_CASE("HTTP source: a target whose signature is about to expire is not used any more")
{
    auto options = serving(200'000);
    options.decide = [](seen_request const& seen) {
        behaviour out;
        if (seen.target == "/asset") {
            // date -u -d 2013-05-24 +%s = 1369353600
            out.location = "/blob?X-Amz-Date=20130524T000000Z&X-Amz-Expires=3600";
            out.status = 302;
        }
        return out;
    };
    http_server server(std::move(options));
    auto setup = quick_options();
    auto const clock = std::make_shared<std::int64_t>(1369353600);
    setup.now = [clock] { return *clock; };
    auto const source = http_source::open(make_client(setup), server.url("/asset"));
    REQUIRE(source.has_value());
    CHECK(read(**source, {{100'000, 1}})[0].has_value());
    CHECK(server.requests().size() == 3);
    *clock += 3590;
    CHECK(read(**source, {{120'000, 1}})[0].has_value());
    CHECK(server.requests().size() == 5);
}

TEST_CASE("HTTP source: 403 without a redirect is what it says")
{
    auto options = serving(10);
    options.decide = [](seen_request const&) { return behaviour{fault::status, 403}; };
    http_server server(std::move(options));
    auto const source = http_source::open(make_client(), server.url());
    REQUIRE(source.has_error());
    CHECK(source.error().code() == std::errc::permission_denied);
    CHECK(server.requests().size() == 1);
}

TEST_CASE("HTTP source: 404 is not found, and the message shows what the server said")
{
    auto options = serving(10);
    options.decide = [](seen_request const&) { return behaviour{fault::status, 404}; };
    http_server server(std::move(options));
    auto const source = http_source::open(make_client(), server.url());
    REQUIRE(source.has_error());
    CHECK(source.error().code() == errc::not_found);
    CHECK(source.error().message().find("something went wrong") != std::string::npos);
    CHECK(source.error().message().find(server.url()) == 0);
}

TEST_CASE("HTTP source: it may go away while its requests are out")
{
    http_server server(serving(200'000));
    auto client = make_client();
    bool called = false;
    {
        auto const source = http_source::open(client, server.url());
        REQUIRE(source.has_value());
        (*source)->fetch({{100'000, 10}}, [&](io::answers) { called = true; });
    }
    auto const other = http_source::open(client, server.url());
    CHECK(other.has_value());
    client.reset();
    CHECK_FALSE(called);
}
