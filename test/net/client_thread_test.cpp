#include "http_fixture.hpp"

#include <lindi/net/client_thread.hpp>

#include <atomic>
#include <ctime>
#include <thread>

using namespace lindi;
using namespace lindi::test;

namespace {

std::shared_ptr<net::client_thread> start(net::client_options options = quick_options())
{
    auto made = net::client_thread::start(std::move(options));
    REQUIRE(made.has_value());
    return *made;
}

}  // namespace

TEST_CASE("client thread: many threads read many files, and get their own bytes")
{
    server_options options;
    options.file = make_content(300'000);
    std::atomic<unsigned> count = 0;
    options.decide = [&](seen_request const&) {
        return ++count % 20 == 0 ? behaviour{fault::reset} : behaviour{};
    };
    http_server server(std::move(options));
    auto const content = make_content(300'000);
    auto const client = start();
    std::atomic<int> right = 0;
    std::vector<std::thread> readers;
    for (std::uint64_t i = 0; i < 8; ++i)
        readers.emplace_back([&, i] {
            auto const file = client->open(server.url("/" + std::to_string(i)));
            if (!file)
                return;
            for (std::uint64_t at = 70'000; at < 290'000; at += 20'000) {
                io::byte_range const range{at + i, 1000};
                right += matches(read(*file->source, {range})[0], content, range) ? 1 : 0;
            }
        });
    for (auto& one : readers)
        one.join();
    CHECK(right == 8 * 11);
}

TEST_CASE("client thread: what a source says about itself")
{
    server_options options;
    options.file = make_content(1000);
    http_server server(std::move(options));
    auto const file = start()->open(server.url("/a?X-Amz-Signature=1"));
    REQUIRE_MESSAGE(file.has_value(), file.error().message());
    CHECK(file->source->name() == server.url("/a"));
    CHECK(file->reference == server.url("/a"));
    CHECK(file->source->size() == 1000);
    CHECK(file->identity.etag == "\"abc\"");
    CHECK(file->source->stats().requests == 1);
    CHECK(matches(*file->source->resident({5, 10}), make_content(1000), {5, 10}));
}

TEST_CASE("client thread: a file that does not answer in time is given up, others go on")
{
    server_options options;
    options.file = make_content(200'000);
    options.decide = [](seen_request const& seen) {
        bool const is_silent =
            seen.target == "/never" || (seen.target == "/later" && seen.range != "bytes=0-65535");
        return is_silent ? behaviour{fault::silence} : behaviour{};
    };
    http_server server(std::move(options));
    auto const client = start();
    auto const soon = [] {
        return std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
    };
    auto const as_given = net::reference_url::as_given;
    CHECK(
        client->open(server.url("/never"), {}, as_given, soon()).error().code() ==
        std::errc::timed_out
    );
    auto const later = client->open(
        server.url("/later"),
        {},
        as_given,
        std::chrono::steady_clock::now() + std::chrono::seconds(1)
    );
    REQUIRE_MESSAGE(later.has_value(), later.error().message());
    CHECK(read(*later->source, {{100'000, 10}})[0].error().code() == std::errc::timed_out);
    auto const other = client->open(server.url("/other"));
    REQUIRE(other.has_value());
    CHECK(read(*other->source, {{100'000, 10}})[0].has_value());
}

TEST_CASE("client thread: stop ends what runs, and it goes away with files still open")
{
    server_options options;
    options.file = make_content(200'000);
    options.decide = [](seen_request const& seen) {
        return seen.range == "bytes=0-65535" ? behaviour{} : behaviour{fault::silence};
    };
    http_server server(std::move(options));
    auto client = start();
    auto const file = client->open(server.url());
    REQUIRE(file.has_value());
    std::thread stopper([&] {
        while (server.requests().size() < 2)
            std::this_thread::yield();
        client->stop();
    });
    CHECK(read(*file->source, {{100'000, 10}})[0].error().code() == errc::cancelled);
    stopper.join();
    CHECK(client->call({.url = server.url()}).error().code() == errc::cancelled);
    client.reset();
    CHECK(file->source->size() == 200'000);
}

TEST_CASE("client thread: a URL that cannot be one is refused at once")
{
    auto const client = start();
    CHECK(client->open("http://").error().code() == errc::bad_value);
    CHECK(client->call({.url = "ftp://example.org/"}).error().code() == errc::unsupported);
}

TEST_CASE("client thread: with nothing to do it takes no processor time")
{
    using namespace std::chrono_literals;
    auto const client = start();
    client->stats();  // it runs
    auto const before = std::clock();
    std::this_thread::sleep_for(500ms);
    auto const used =
        std::clock() - before;  // of all threads: next to nothing, however busy others are
    CHECK(used < CLOCKS_PER_SEC / 10);
}
