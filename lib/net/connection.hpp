/// \file
/// One connection to a server, perhaps through a proxy, perhaps with TLS.

#pragma once

#include "async.hpp"

#include <lindi/core/error.hpp>

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>

#include <memory>
#include <string>

namespace lindi::net {

namespace beast = boost::beast;
namespace http = boost::beast::http;

/// Its body, if any, is the caller's to keep.
using http_request = http::request<http::span_body<char const>>;
using http_parser = http::response_parser<http::buffer_body>;

class connection {
public:
    connection(asio::io_context& context, bool is_private)
        : tcp_(context), buffer_(buffer_limit), is_private_(is_private)
    {}

    /// Whether the address on the other side is a private one.
    bool is_private() const noexcept { return is_private_; }
    bool is_open() const { return tcp_.socket().is_open(); }
    /// Requests that were answered here before.
    unsigned answered = 0;
    /// Of the request it carries now, in its server's request window.
    std::uint64_t request_number = 0;
    /// All later operations fail as soon as this time is reached.
    steady_time deadline = steady_time::max();

    /// Operations from now on may take this long, or until `deadline`.
    void allow(std::chrono::milliseconds time);
    void close() noexcept;

    awaitable<error_code> connect(tcp::endpoint to);
    /// Checks the certificate for this name; SNI unless it is an address.
    awaitable<error_code> start_tls(asio::ssl::context& settings, std::string const& host);
    awaitable<error_code> write(http_request& request);
    awaitable<error_code> read_head(http_parser& parser);
    awaitable<error_code> read_some(http_parser& parser);

private:
    /// Heads and what came with them; bodies go past it.
    static constexpr std::size_t buffer_limit = 128 * 1024;

    beast::tcp_stream tcp_;
    std::unique_ptr<asio::ssl::stream<beast::tcp_stream&>> tls_;
    beast::flat_buffer buffer_;
    bool is_private_;
};

}  // namespace lindi::net
