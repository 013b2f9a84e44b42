#include "http_fixture.hpp"

#include <atomic>
#include <random>

using namespace lindi;
using namespace lindi::test;
using io::byte_range;
using net::http_source;

namespace {

constexpr std::uint64_t file_size = 300'000;
constexpr byte_range asked{100'000, 50'000};

/// Serves the first request and then `count` faulty answers.
server_options failing(behaviour how, int count)
{
    server_options out;
    out.file = make_content(file_size);
    out.decide = [how, n = 0, count](seen_request const&) mutable {
        ++n;
        return n > 1 && n <= 1 + count ? how : behaviour{};
    };
    return out;
}

struct outcome {
    result<block> got{block{}};
    std::size_t requests = 0;
    bool right = false;
};

outcome read_with(behaviour how, int count, net::client_options setup = quick_options())
{
    http_server server(failing(how, count));
    auto const source = http_source::open(make_client(std::move(setup)), server.url());
    REQUIRE_MESSAGE(source.has_value(), source.error().message());
    outcome out;
    out.got = read(**source, {asked})[0];
    out.requests = server.requests().size();
    out.right = matches(out.got, make_content(file_size), asked);
    return out;
}

}  // namespace

TEST_CASE("faults: those that may pass are tried again")
{
    std::vector<behaviour> passing = {
        {fault::reset}, {fault::short_body}, {fault::retry_after, 429}};
    for (unsigned const status : {408U, 425U, 429U, 500U, 502U, 503U, 504U})
        passing.push_back({fault::status, status});
    for (auto const& how : passing) {
        CAPTURE(static_cast<int>(how.fault));
        CAPTURE(how.status);
        auto const out = read_with(how, 2);
        CHECK_MESSAGE(out.right, out.got.error().message());
        CHECK(out.requests == 4);
    }
}

TEST_CASE("faults: those that may pass are given up after the last attempt")
{
    auto setup = quick_options();
    setup.retry.attempts = 3;
    for (auto const& how : {behaviour{fault::short_body}, behaviour{fault::status, 503}}) {
        auto const out = read_with(how, 1000, setup);
        REQUIRE(out.got.has_error());
        CHECK(out.got.error().message().find("after 3 attempts") != std::string::npos);
        CHECK(out.got.error().at() == asked.offset);
        CHECK(out.requests == 4);
    }
}

TEST_CASE("faults: answers that are not what was asked for are errors at once, never bytes")
{
    for (auto const how :
         {fault::wrong_range,
          fault::no_content_range,
          fault::bad_content_range,
          fault::whole_file,
          fault::web_page,
          fault::encoded,
          fault::other_etag,
          fault::other_size,
          fault::long_body,
          fault::wrong_length,
          fault::bad_head,
          fault::huge_head}) {
        CAPTURE(static_cast<int>(how));
        auto const out = read_with({how}, 1000);
        REQUIRE(out.got.has_error());
        CHECK(out.got.error().code() == errc::io);
        CHECK(out.got.error().at() == asked.offset);
        CHECK(out.requests == 2);
    }
}

TEST_CASE("faults: the first answer is checked as well")
{
    for (auto const how :
         {fault::wrong_range,
          fault::no_content_range,
          fault::bad_content_range,
          fault::web_page,
          fault::encoded,
          fault::long_body,
          fault::wrong_length,
          fault::bad_head,
          fault::huge_head}) {
        CAPTURE(static_cast<int>(how));
        server_options options;
        options.file = make_content(file_size);
        options.decide = [how](seen_request const&) { return behaviour{how}; };
        http_server server(std::move(options));
        auto const source = http_source::open(make_client(), server.url());
        REQUIRE(source.has_error());
        CHECK(source.error().code() == errc::io);
    }
}

TEST_CASE("faults: without an ETag the date tells that the file changed")
{
    auto options = failing({fault::other_date}, 1000);
    options.etag.clear();
    http_server server(std::move(options));
    auto const source = http_source::open(make_client(), server.url());
    REQUIRE(source.has_value());
    auto const got = read(**source, {asked});
    REQUIRE(got[0].has_error());
    CHECK(got[0].error().message().find("Last-Modified") != std::string::npos);
}

TEST_CASE("faults: one range fails alone")
{
    server_options options;
    options.file = make_content(40'000'000);
    options.decide = [](seen_request const& seen) {
        return seen.range == "bytes=20000000-20000009" ? behaviour{fault::status, 400}
                                                       : behaviour{};
    };
    http_server server(std::move(options));
    auto const source = http_source::open(make_client(), server.url());
    REQUIRE(source.has_value());
    auto const got = read(**source, {{10'000'000, 10}, {20'000'000, 10}, {30'000'000, 10}});
    CHECK(got[0].has_value());
    CHECK(got[1].has_error());
    CHECK(got[2].has_value());
}

TEST_CASE("faults: silence and stalled bodies end with the time that is allowed")
{
    auto setup = quick_options();
    setup.retry.attempts = 2;
    setup.timeouts.first_byte = net::milliseconds(30);
    setup.timeouts.idle = net::milliseconds(30);
    for (auto const how : {fault::silence, fault::stalled_body}) {
        CAPTURE(static_cast<int>(how));
        auto const failed = read_with({how}, 1000, setup);
        REQUIRE(failed.got.has_error());
        CHECK(failed.got.error().code() == std::errc::timed_out);
        CHECK(failed.requests == 3);
    }
}

TEST_CASE("faults: a server that is not there")
{
    std::string url;
    {
        server_options options;
        http_server server(std::move(options));
        url = server.url();
    }
    auto setup = quick_options();
    setup.retry.attempts = 3;
    auto client = make_client(setup);
    auto const source = http_source::open(client, url);
    REQUIRE(source.has_error());
    CHECK(source.error().code() == errc::io);
    CHECK(client->stats().retries == 2);
}

TEST_CASE("faults: five in a hundred requests fail, and the bytes are the same, for 200 seeds")
{
    auto const content = make_content(2'000'000);
    for (unsigned seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        server_options options;
        options.file = content;
        options.decide = [random = std::mt19937(seed)](seen_request const&) mutable {
            constexpr std::array kinds = {
                fault::reset, fault::short_body, fault::status, fault::retry_after};
            if (random() % 20 != 0)
                return behaviour{};
            return behaviour{kinds[random() % kinds.size()], random() % 2 == 0 ? 503U : 429U};
        };
        http_server server(std::move(options));
        auto const source = http_source::open(make_client(), server.url());
        REQUIRE_MESSAGE(source.has_value(), source.error().message());
        std::vector<byte_range> wave;
        for (std::uint64_t i = 0; i < 16; ++i)
            wave.push_back({70'000 + i * 120'000, 1 + i * 1000});
        auto const got = read(**source, wave);
        for (std::size_t i = 0; i < wave.size(); ++i)
            CHECK(matches(got[i], content, wave[i]));
    }
}

TEST_CASE("faults: a server that limits how much it does at a time is asked for less, and answers")
{
    auto const content = make_content(40'000'000);
    auto const refused = std::make_shared<std::atomic<int>>(0);
    server_options options;
    options.file = content;
    options.latency = std::chrono::milliseconds(10);
    options.bandwidth = 12'500'000;
    options.decide = [refused](seen_request const& seen) {
        if (seen.being_served > 10)
            return ++*refused, behaviour{fault::status, 503};
        return behaviour{};
    };
    http_server server(std::move(options));
    auto setup = quick_options();
    setup.retry.first_delay = net::milliseconds(20);
    setup.retry.longest_delay = net::milliseconds(160);
    auto const source = http_source::open(make_client(setup), server.url());
    REQUIRE(source.has_value());
    std::vector<byte_range> wave;
    for (std::uint64_t i = 0; i < 300; ++i)
        wave.push_back({100'000 + i * 120'000, 10});
    auto const got = read(**source, wave);
    for (std::size_t i = 0; i < wave.size(); ++i)
        CHECK_MESSAGE(matches(got[i], content, wave[i]), got[i].error().message());
    CHECK(*refused > 0);
    CHECK(*refused < 300);
}

TEST_CASE("faults: a wave of many small ranges opens more connections, a short one does not")
{
    auto const connections = [](std::uint64_t count, std::uint64_t size) {
        server_options options;
        options.file = make_content(64'000'000);
        options.latency = std::chrono::milliseconds(2);
        options.bandwidth = 12'500'000;
        http_server server(std::move(options));
        auto const source = http_source::open(make_client(), server.url());
        REQUIRE(source.has_value());
        std::vector<byte_range> wave;
        for (std::uint64_t i = 0; i < count; ++i)
            wave.push_back({100'000 + i * (60'000'000 / count), size});
        for (auto const& one : read(**source, wave))
            CHECK(one.has_value());
        return server.connections();
    };
    CHECK(connections(600, 10) > 16);
    CHECK(connections(600, 10) <= 192);
    CHECK(connections(16, 10) <= 16);
}
