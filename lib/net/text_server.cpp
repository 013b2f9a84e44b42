#include "async.hpp"

#include <lindi/net/text_server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <thread>

namespace lindi::net {
namespace {

namespace http = boost::beast::http;

/// One request, and away with the connection: nobody asks more than now and then.
awaitable<void> answer(tcp::socket socket, std::function<std::string()> const& page)
{
    constexpr std::chrono::seconds patience(5);
    constexpr std::size_t largest_buffer = 16 * 1024;
    boost::beast::tcp_stream stream(std::move(socket));
    stream.expires_after(patience);
    boost::beast::flat_buffer buffer(largest_buffer);
    http::request<http::empty_body> asked;
    error_code failed;
    co_await http::async_read(stream, buffer, asked, into(failed));
    if (failed)
        co_return;
    bool const is_get = asked.method() == http::verb::get;
    http::response<http::string_body> out(
        is_get ? http::status::ok : http::status::not_implemented, 11
    );
    out.set(http::field::content_type, "text/plain; version=0.0.4; charset=utf-8");
    out.keep_alive(false);
    if (is_get)
        out.body() = page();
    out.prepare_payload();
    co_await http::async_write(stream, out, into(failed));
}

}  // namespace

class text_server::state {
public:
    explicit state(std::function<std::string()> page) : page_(std::move(page)), acceptor_(context_)
    {}
    ~state()
    {
        context_.stop();
        if (thread_.joinable())
            thread_.join();
    }

    error_code open(std::uint16_t number)
    {
        error_code failed;
        tcp::endpoint const here(asio::ip::address_v4::loopback(), number);
        acceptor_.open(here.protocol(), failed);
        if (!failed)
            acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
        if (!failed)
            acceptor_.bind(here, failed);
        if (!failed)
            acceptor_.listen(asio::socket_base::max_listen_connections, failed);
        if (failed)
            return failed;
        port = acceptor_.local_endpoint(failed).port();
        asio::co_spawn(context_, accept_all(), asio::detached);
        thread_ = std::thread([this] { context_.run(); });
        return failed;
    }

    std::uint16_t port = 0;

private:
    awaitable<void> accept_all()
    {
        for (;;) {
            tcp::socket socket(context_);
            error_code failed;
            co_await acceptor_.async_accept(socket, into(failed));
            if (failed == asio::error::operation_aborted)
                co_return;
            if (!failed)
                asio::co_spawn(context_, answer(std::move(socket), page_), asio::detached);
        }
    }

    std::function<std::string()> page_;
    asio::io_context context_{1};
    tcp::acceptor acceptor_;
    std::thread thread_;
};

result<std::unique_ptr<text_server>>
text_server::start(std::uint16_t port, std::function<std::string()> page)
{
    auto made = std::make_unique<state>(std::move(page));
    if (auto const failed = made->open(port); failed)
        return error(errc::io, error::nowhere, "server", failed.message())
            .within("port " + std::to_string(port));
    return std::unique_ptr<text_server>(new text_server(std::move(made)));
}

text_server::text_server(std::unique_ptr<state> made) : state_(std::move(made)) {}

text_server::~text_server() = default;

std::uint16_t text_server::port() const noexcept
{
    return state_->port;
}

}  // namespace lindi::net
