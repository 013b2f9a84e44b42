#include "read_log.hpp"

#include <doctest/doctest.h>

using namespace lindi;
using tools::read_log;

namespace {

net::request_seen request(read_log::clock::time_point when, io::byte_range range, unsigned status)
{
    net::request_seen out;
    out.range = range;
    out.wanted = out.sent = out.answered = out.ended = when;
    out.status = status;
    out.bytes = status == 206 ? range.size : 0;
    return out;
}

}  // namespace

TEST_CASE("read log: a request belongs to the wave before it, and brings what lies in it")
{
    read_log log;
    auto const before = read_log::clock::now();
    log.on_wave({{{5000, 10}, "local heap"}, {{100, 512}, "object header"}, {{600, 9}, ""}});
    auto const first = read_log::clock::now();
    log.on_wave({{{9000, 10}, "chunk B-tree"}, {{0, 100'000}, "chunks"}});
    auto const second = read_log::clock::now();

    CHECK(log.wave_of(request(before, {0, 1}, 206)) == 0);
    CHECK(log.wave_of(request(first, {0, 1}, 206)) == 1);
    CHECK(log.wave_of(request(second, {0, 1}, 206)) == 2);

    CHECK(log.purpose_of(request(before, {0, 100}, 206)) == "first bytes");
    CHECK(log.purpose_of(request(first, {0, 101}, 206)) == "object header");
    CHECK(log.purpose_of(request(first, {0, 1024}, 206)) == "bytes, object header");
    CHECK(log.purpose_of(request(first, {611, 1000}, 206)) == "object header");
    CHECK(log.purpose_of(request(first, {612, 1000}, 206)) == "read ahead");
    CHECK(log.purpose_of(request(first, {0, 1}, 302)) == "redirect");
    CHECK(log.purpose_of(request(second, {50'000, 10}, 206)) == "chunks");
}

TEST_CASE("read log: what was read and what was fetched")
{
    read_log log;
    log.on_read({{0, 100}, "object header"});
    log.on_read({{50, 100}, "object header"});
    log.on_request(request(log.start(), {0, 1024}, 206));
    log.on_request(request(log.start(), {5000, 1024}, 503));
    CHECK(log.read().size() == 150);
    CHECK(log.fetched().size() == 1024);
    CHECK(log.requests().size() == 2);
}

TEST_CASE("read log: several of one kind are counted")
{
    read_log log;
    log.on_wave({{{10, 1}, "local heap"}, {{11, 1}, "local heap"}, {{12, 1}, "local heap"}});
    CHECK(log.purpose_of(request(read_log::clock::now(), {10, 2}, 206)) == "local heap x2");
}
