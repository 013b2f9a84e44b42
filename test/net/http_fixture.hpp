/// \file
/// A client and a file for the tests against a server on the loopback interface.

#pragma once

#include "http_server.hpp"

#include <lindi/net/http_source.hpp>

#include <doctest/doctest.h>

namespace lindi::test {

/// Bytes without a period that a wrong offset could hide in.
inline bytes make_content(std::size_t size)
{
    bytes out(size);
    std::uint32_t state = 12345;
    for (auto& b : out) {
        state = state * 1664525 + 1013904223;
        b = static_cast<std::byte>(state >> 24);
    }
    return out;
}

/// Never the environment's proxies or secrets; failures are tried again at once.
inline net::client_options quick_options()
{
    net::client_options out;
    out.retry.first_delay = net::milliseconds(1);
    out.retry.longest_delay = net::milliseconds(2);
    out.seed = 1;
    return out;
}

inline std::shared_ptr<net::client> make_client(net::client_options options = quick_options())
{
    auto made = net::client::create(std::move(options));
    REQUIRE(made.has_value());
    return *made;
}

/// Reads a wave and waits for it.
inline io::answers read(io::source& from, std::vector<io::byte_range> wave)
{
    io::answers out;
    bool done = false;
    from.fetch(std::move(wave), [&](io::answers got) {
        out = std::move(got);
        done = true;
    });
    while (!done)
        from.wait();
    return out;
}

inline bool matches(result<block> const& got, bytes const& content, io::byte_range range)
{
    if (!got || got->view.at != range.offset || got->view.size() != range.size)
        return false;
    auto const expected = std::span(content).subspan(range.offset, range.size);
    return std::equal(expected.begin(), expected.end(), got->view.bytes.begin());
}

}  // namespace lindi::test
