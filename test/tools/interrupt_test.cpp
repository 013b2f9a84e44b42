#include "http_server.hpp"
#include "interrupt.hpp"

#include <lindi/io/memory_source.hpp>
#include <lindi/net/http_source.hpp>

#include <doctest/doctest.h>

#include <csignal>

using namespace lindi;

namespace {

task<result<block>> read_one(io::reader& from)
{
    co_return co_await from.read({0, 1});
}

}  // namespace

TEST_CASE("interrupt: a signal cancels the reads instead of ending the program")
{
    io::memory_source source("a", bytes(4));
    budget money{limits{}};
    io::reader reader(source, money);
    tools::interrupt_guard guard;
    guard.watch(reader);
    CHECK(guard.received() == 0);
    CHECK(reader.run(read_one(reader)).has_value());
    std::raise(SIGTERM);
    CHECK(guard.received() == SIGTERM);
    auto const read = reader.run(read_one(reader));
    REQUIRE(read.has_error());
    CHECK(read.error().code() == lindi::errc::cancelled);
}

TEST_CASE("interrupt: a signal ends a request that waits for its answer")
{
    test::server_options options;
    options.decide = [](test::seen_request const&) {
        std::raise(SIGTERM);
        return test::behaviour{.fault = test::fault::silence};
    };
    test::http_server const server(std::move(options));
    auto const client = *net::client::create({});
    tools::interrupt_guard guard;
    guard.watch(*client);
    auto const opened = net::http_source::open(client, server.url());
    REQUIRE(opened.has_error());
    CHECK(opened.error().code() == lindi::errc::cancelled);
    CHECK(guard.received() == SIGTERM);
}

TEST_CASE("interrupt: what is watched after the signal is stopped at once")
{
    auto const client = *net::client::create({});
    tools::interrupt_guard guard;
    std::raise(SIGINT);
    guard.watch(*client);
    CHECK(
        net::http_source::open(client, "http://h.example/").error().code() == lindi::errc::cancelled
    );
}

TEST_CASE("interrupt: afterwards signals mean what they meant before")
{
    io::memory_source source("a", bytes(4));
    budget money{limits{}};
    io::reader reader(source, money);
    auto* const before = std::signal(SIGINT, SIG_IGN);
    {
        tools::interrupt_guard guard;
        guard.watch(reader);
        std::raise(SIGINT);
    }
    bool const restored = std::signal(SIGINT, before) == SIG_IGN;
    CHECK(restored);
    CHECK(reader.run(read_one(reader)).has_error());
}
