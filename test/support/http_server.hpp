/// \file
/// A web server on the loopback interface that misbehaves on command.

#pragma once

#include <lindi/core/bytes.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lindi::test {

enum class fault {
    none,
    status,        ///< answers `status` with an HTML body
    retry_after,   ///< the same with a Retry-After header
    reset,         ///< closes the connection without an answer
    short_body,    ///< closes the connection in the middle of the body
    long_body,     ///< chunked, with more bytes than Content-Range says
    wrong_range,   ///< the range one byte further on
    wrong_length,  ///< Content-Length is not what Content-Range says
    no_content_range,
    bad_content_range,  ///< not a Content-Range at all
    whole_file,         ///< 200 and everything
    web_page,           ///< 200 with a page of HTML
    encoded,            ///< says that the body is gzip
    other_etag,
    other_date,
    other_size,    ///< another total in Content-Range
    huge_head,     ///< a head of a megabyte
    bad_head,      ///< not HTTP
    silence,       ///< never answers
    stalled_body,  ///< sends half of the body and then nothing
};

/// What the server saw.
struct seen_request {
    std::string method{};
    std::string target{};
    std::string host{};
    std::string range{};
    std::string authorization{};
    std::string proxy_authorization{};
    std::vector<std::pair<std::string, std::string>> fields{};
    std::size_t being_served = 0;  ///< requests that came and were not answered yet, with this one
};

/// A text that is served whole, for requests without a range.
struct served_text {
    std::string text{};
    std::string type = "application/json";
    unsigned status = 200;
};

/// A file instead of the server's: kept alive by whoever decides.
struct served_file {
    std::span<std::byte const> content{};
    std::string etag{};
    std::size_t patched_at = 0;  ///< where `patch` stands instead of what is in the file
    std::string patch{};
};

/// What it is to do: by default the file is served.
struct behaviour {
    test::fault fault = fault::none;
    unsigned status = 500;
    std::string retry_after = "0";  ///< of fault::retry_after
    std::string location{};         ///< not empty: a redirect with `status`
    std::optional<served_text> text{};
    std::optional<served_file> file{};
};

struct server_options {
    lindi::bytes file{};
    std::span<std::byte const> mapped{};  ///< instead of `file`; kept alive by the caller
    std::string etag = "\"abc\"";
    std::string last_modified = "Sun, 06 Nov 1994 08:49:37 GMT";
    bool ipv6 = false;
    bool tls = false;
    std::string certificate{};  ///< PEM
    std::string key{};
    std::chrono::milliseconds latency{0};  ///< before each answer
    bool forgets = false;                  ///< keeps no list of requests: for long runs
    std::uint64_t bandwidth = 0;  ///< bytes a second, of all connections together; 0: no cap
    /// Called for each request on the server's thread; empty: everything is served.
    std::function<behaviour(seen_request const&)> decide{};
};

/// Runs on a thread of its own from construction to destruction.
class http_server {
public:
    explicit http_server(server_options options);
    ~http_server();
    http_server(http_server const&) = delete;
    http_server& operator=(http_server const&) = delete;

    std::uint16_t port() const noexcept;
    /// "http://127.0.0.1:PORT" + path; [::1] with ipv6
    std::string url(std::string const& path = "/file.h5") const;
    /// "127.0.0.1:PORT"
    std::string endpoint() const;

    std::vector<seen_request> requests() const;
    std::uint64_t connections() const;
    std::uint64_t body_bytes() const;

private:
    class state;
    std::unique_ptr<state> state_;
};

}  // namespace lindi::test
