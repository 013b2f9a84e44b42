#include "http_server.hpp"

#include "http_answer.hpp"

// g++ 12 takes the frames that asio::awaitable allocates itself for memory of operator new.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

namespace lindi::test {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

/// Counts one while it lives.
class served_here {
public:
    explicit served_here(std::size_t& count) : count_(&count) { ++*count_; }
    served_here(served_here const&) = delete;
    served_here& operator=(served_here const&) = delete;
    ~served_here() { --*count_; }

private:
    std::size_t* count_;
};

std::string chunked(std::string const& body)
{
    std::string out;
    for (std::size_t at = 0; at < body.size(); at += 1000) {
        auto const part = body.substr(at, 1000);
        char size[24];
        std::snprintf(size, sizeof size, "%zx\r\n", part.size());
        out.append(size).append(part).append("\r\n");
    }
    return out + "0\r\n\r\n";
}

}  // namespace

class http_server::state {
public:
    explicit state(server_options given) : options(std::move(given)), acceptor_(context_)
    {
        if (options.tls) {
            tls_.use_certificate_chain(asio::buffer(options.certificate));
            tls_.use_private_key(asio::buffer(options.key), asio::ssl::context::pem);
        }
        auto const address = options.ipv6 ? asio::ip::address(asio::ip::address_v6::loopback())
                                          : asio::ip::address_v4::loopback();
        tcp::endpoint const any(address, 0);
        acceptor_.open(any.protocol());
        acceptor_.bind(any);
        acceptor_.listen();
        port = acceptor_.local_endpoint().port();
        asio::co_spawn(context_, accept_all(), asio::detached);
        thread_ = std::thread([this] { context_.run(); });
    }

    ~state()
    {
        context_.stop();
        thread_.join();
    }

    server_options options;
    std::uint16_t port = 0;
    mutable std::mutex guard;
    std::vector<seen_request> requests;
    std::atomic<std::uint64_t> connections = 0;
    std::atomic<std::uint64_t> body_bytes = 0;

private:
    asio::awaitable<void> accept_all();
    template <class Stream>
    asio::awaitable<void> serve(Stream stream);
    asio::awaitable<void> serve_tls(tcp::socket socket);
    template <class Stream>
    asio::awaitable<bool> answer_one(Stream& stream, seen_request seen);
    template <class Stream>
    asio::awaitable<bool> send(Stream& stream, std::string_view bytes);
    template <class Stream>
    asio::awaitable<bool> send_file(Stream& stream);
    asio::awaitable<void> pause(std::chrono::nanoseconds time);

    asio::io_context context_{1};
    asio::ssl::context tls_{asio::ssl::context::tls_server};
    tcp::acceptor acceptor_;
    std::thread thread_;
    std::chrono::steady_clock::time_point link_free_{};
    std::size_t being_served_ = 0;
};

asio::awaitable<void> http_server::state::accept_all()
{
    for (;;) {
        auto socket = co_await acceptor_.async_accept(asio::use_awaitable);
        ++connections;
        socket.set_option(tcp::no_delay(true));
        if (options.tls)
            asio::co_spawn(context_, serve_tls(std::move(socket)), asio::detached);
        else
            asio::co_spawn(context_, serve(std::move(socket)), asio::detached);
    }
}

asio::awaitable<void> http_server::state::serve_tls(tcp::socket socket)
{
    asio::ssl::stream<tcp::socket> stream(std::move(socket), tls_);
    error_code failed;
    co_await stream.async_handshake(
        asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, failed)
    );
    if (!failed)
        co_await serve(std::move(stream));
}

asio::awaitable<void> http_server::state::pause(std::chrono::nanoseconds time)
{
    asio::steady_timer timer(context_, time);
    co_await timer.async_wait(asio::use_awaitable);
}

template <class Stream>
asio::awaitable<void> http_server::state::serve(Stream stream)
{
    boost::beast::flat_buffer buffer;
    for (;;) {
        http::request_parser<http::string_body> parser;
        error_code failed;
        co_await http::async_read(
            stream, buffer, parser, asio::redirect_error(asio::use_awaitable, failed)
        );
        if (failed)
            co_return;
        auto const& message = parser.get();
        seen_request seen;
        seen.method = std::string(message.method_string());
        seen.target = std::string(message.target());
        seen.host = std::string(message[http::field::host]);
        seen.range = std::string(message[http::field::range]);
        seen.authorization = std::string(message[http::field::authorization]);
        seen.proxy_authorization = std::string(message[http::field::proxy_authorization]);
        for (auto const& one : message)
            seen.fields.emplace_back(std::string(one.name_string()), std::string(one.value()));
        bool const go_on = co_await answer_one(stream, std::move(seen));
        if (!go_on)
            co_return;
    }
}

template <class Stream>
asio::awaitable<bool> http_server::state::send(Stream& stream, std::string_view bytes)
{
    error_code failed;
    if (options.bandwidth == 0) {
        co_await asio::async_write(
            stream,
            asio::buffer(bytes.data(), bytes.size()),
            asio::redirect_error(asio::use_awaitable, failed)
        );
        co_return !failed;
    }
    constexpr std::size_t slice = 16 * 1024;
    for (std::size_t at = 0; at < bytes.size() && !failed; at += slice) {
        auto const count = std::min(slice, bytes.size() - at);
        // One link for all connections: each slice waits until those before it are through.
        auto const now = std::chrono::steady_clock::now();
        auto const time = std::chrono::nanoseconds(count * 1'000'000'000 / options.bandwidth);
        link_free_ = std::max(link_free_, now) + time;
        co_await pause(link_free_ - now);
        co_await asio::async_write(
            stream,
            asio::buffer(bytes.data() + at, count),
            asio::redirect_error(asio::use_awaitable, failed)
        );
    }
    co_return !failed;
}

/// The whole file as it lies there, which may be too large for a copy.
template <class Stream>
asio::awaitable<bool> http_server::state::send_file(Stream& stream)
{
    constexpr std::size_t slice = 64 * 1024;
    auto const text = as_text(content_of(options));
    for (std::size_t at = 0; at < text.size(); at += slice) {
        auto const part = text.substr(at, slice);
        bool const sent = co_await send(stream, part);
        if (!sent)
            co_return false;
        body_bytes += part.size();
    }
    co_return true;
}

template <class Stream>
asio::awaitable<bool> http_server::state::answer_one(Stream& stream, seen_request seen)
{
    behaviour how;
    served_here const counted(being_served_);
    seen.being_served = being_served_;
    {
        std::lock_guard const lock(guard);
        if (!options.forgets)
            requests.push_back(seen);
        if (options.decide)
            how = options.decide(seen);
    }
    if (options.latency.count() != 0)
        co_await pause(options.latency);
    if (how.fault == fault::reset)
        co_return false;
    if (how.fault == fault::silence)
        co_await pause(std::chrono::hours(1));
    bool const is_plain = how.fault == fault::none && how.location.empty();
    if (is_plain && how.text) {
        auto const& page = *how.text;
        auto const message = "HTTP/1.1 " + std::to_string(page.status) +
                             " Whatever\r\nContent-Type: " + page.type +
                             "\r\nContent-Length: " + std::to_string(page.text.size()) +
                             "\r\n\r\n" + (seen.method == "HEAD" ? "" : page.text);
        body_bytes += page.text.size();
        co_return co_await send(stream, message);
    }
    if (seen.range.empty() && is_plain && !how.file) {
        auto const head = "HTTP/1.1 200 Whatever\r\nAccept-Ranges: bytes\r\nContent-Length: " +
                          std::to_string(content_of(options).size()) + "\r\n\r\n";
        bool const sent = co_await send(stream, head);
        if (!sent || seen.method == "HEAD")
            co_return sent;
        co_return co_await send_file(stream);
    }
    if (how.fault == fault::bad_head) {
        std::string const nonsense = "this is not HTTP\r\n\r\n";
        co_await send(stream, nonsense);
        co_return false;
    }
    answer out;
    if (!how.location.empty()) {
        out.status = how.status;
        out.add("Location", how.location);
        out.length = 0;
    } else {
        out = make_answer(options, seen, how);
    }
    if (out.length)
        out.add("Content-Length", std::to_string(*out.length));
    else
        out.add("Transfer-Encoding", "chunked");
    auto const head =
        "HTTP/1.1 " + std::to_string(out.status) + " Whatever\r\n" + out.fields + "\r\n";
    auto body = out.length ? out.body.substr(0, out.send) : chunked(out.body);
    if (seen.method == "HEAD")
        body.clear();
    auto const text = head + body;
    body_bytes += body.size();
    bool const sent = co_await send(stream, text);
    if (out.stall)
        co_await pause(std::chrono::hours(1));
    co_return sent&& out.send == std::string::npos;
}

http_server::http_server(server_options options)
    : state_(std::make_unique<state>(std::move(options)))
{}

http_server::~http_server() = default;

std::uint16_t http_server::port() const noexcept
{
    return state_->port;
}

std::string http_server::url(std::string const& path) const
{
    return (state_->options.tls ? "https://" : "http://") + endpoint() + path;
}

std::string http_server::endpoint() const
{
    return (state_->options.ipv6 ? "[::1]:" : "127.0.0.1:") + std::to_string(port());
}

std::vector<seen_request> http_server::requests() const
{
    std::lock_guard const lock(state_->guard);
    return state_->requests;
}

std::uint64_t http_server::connections() const
{
    return state_->connections;
}

std::uint64_t http_server::body_bytes() const
{
    return state_->body_bytes;
}

}  // namespace lindi::test
