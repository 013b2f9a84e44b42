/// \file
/// A client on a thread of its own, for many threads that read many files.
///
/// All of them share its connections, and what it has found out about each server: one answer that
/// says "too many requests" slows all of them down at once.

#pragma once

#include <lindi/io/source.hpp>
#include <lindi/net/client.hpp>
#include <lindi/net/http_call.hpp>
#include <lindi/net/http_source.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace lindi::net {

/// A file that was opened.
struct shared_file {
    std::unique_ptr<io::source> source{};  ///< for one thread; keeps the client alive
    net::identity identity{};
    std::string reference{};  ///< as http_source::reference said
};

/// Safe for all threads.
class client_thread : public std::enable_shared_from_this<client_thread> {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// \return or errc::io, as client::create
    static result<std::shared_ptr<client_thread>> start(client_options options);

    ~client_thread();
    client_thread(client_thread const&) = delete;
    client_thread& operator=(client_thread const&) = delete;

    /// Opens a file; blocks until its first bytes are here.
    /// \param until  then opening, and later each read that waits, fails with std::errc::timed_out
    /// \return or as http_source::open
    result<shared_file> open(
        std::string const& url,
        http_options options = {},
        reference_url reference = reference_url::as_given,
        time_point until = time_point::max()
    );

    /// Sends one request and blocks until it is answered.
    /// \return an answer with a status of 2xx; or errc::not_found for status 404 and 410,
    ///   std::errc::permission_denied for 401 and 403, errc::too_large, std::errc::timed_out,
    ///   errc::cancelled, errc::io
    result<http_answer> call(http_call request);

    client_stats stats();
    client_options const& options() const noexcept;

    /// All running and later requests fail with errc::cancelled. Also from a signal handler.
    void stop() noexcept;

    /// The inside, for the sources of this layer.
    class state;

private:
    explicit client_thread(std::unique_ptr<state> made);

    std::unique_ptr<state> state_;
};

}  // namespace lindi::net
