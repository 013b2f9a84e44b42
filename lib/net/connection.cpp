#include "connection.hpp"

#include <lindi/net/redirect.hpp>

#include <boost/asio/ssl/host_name_verification.hpp>

namespace lindi::net {

void connection::allow(std::chrono::milliseconds time)
{
    tcp_.expires_at(std::min(std::chrono::steady_clock::now() + time, deadline));
}

void connection::close() noexcept
{
    tcp_.close();
}

awaitable<error_code> connection::connect(tcp::endpoint to)
{
    error_code failed;
    co_await tcp_.async_connect(to, into(failed));
    if (!failed) {
        error_code ignored;
        tcp_.socket().set_option(tcp::no_delay(true), ignored);
    }
    co_return failed;
}

awaitable<error_code> connection::start_tls(asio::ssl::context& settings, std::string const& host)
{
    tls_ = std::make_unique<asio::ssl::stream<beast::tcp_stream&>>(tcp_, settings);
    error_code failed;
    tls_->set_verify_mode(asio::ssl::verify_peer, failed);
    if (!failed)
        tls_->set_verify_callback(asio::ssl::host_name_verification(host), failed);
    if (failed)
        co_return failed;
    if (!is_ip_address(host) && SSL_set_tlsext_host_name(tls_->native_handle(), host.c_str()) != 1)
        co_return error_code(
            boost::system::errc::invalid_argument, boost::system::generic_category()
        );
    co_await tls_->async_handshake(asio::ssl::stream_base::client, into(failed));
    co_return failed;
}

awaitable<error_code> connection::write(http_request& request)
{
    error_code failed;
    if (tls_)
        co_await http::async_write(*tls_, request, into(failed));
    else
        co_await http::async_write(tcp_, request, into(failed));
    co_return failed;
}

awaitable<error_code> connection::read_head(http_parser& parser)
{
    error_code failed;
    if (tls_)
        co_await http::async_read_header(*tls_, buffer_, parser, into(failed));
    else
        co_await http::async_read_header(tcp_, buffer_, parser, into(failed));
    co_return failed;
}

awaitable<error_code> connection::read_some(http_parser& parser)
{
    error_code failed;
    if (tls_)
        co_await http::async_read_some(*tls_, buffer_, parser, into(failed));
    else
        co_await http::async_read_some(tcp_, buffer_, parser, into(failed));
    co_return failed;
}

}  // namespace lindi::net
