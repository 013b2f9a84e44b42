/// \file
/// An HTTP client for ranges of files: what many sources share.
///
/// Layer `net` is the only one that includes Asio, Beast and OpenSSL, and no header here does: a
/// program that uses it needs none of them to compile.

#pragma once

#include <lindi/net/credentials.hpp>
#include <lindi/net/link_estimate.hpp>
#include <lindi/net/proxy.hpp>
#include <lindi/net/redirect.hpp>
#include <lindi/net/request_seen.hpp>
#include <lindi/net/retry.hpp>
#include <lindi/net/s3.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lindi::net {

struct timeouts {
    milliseconds connect = milliseconds(10'000);     ///< name, TCP, proxy and TLS together
    milliseconds first_byte = milliseconds(30'000);  ///< of the answer, after the request was sent
    milliseconds idle = milliseconds(30'000);        ///< between two bytes of a body
    milliseconds request = milliseconds(300'000);    ///< one attempt from start to end
};

/// Turns a URL into the one to read instead; nothing when it does not care. It may add what it
/// likes, so it is trusted: tokens in its answer go out.
using url_rewriter = std::function<std::optional<std::string>(std::string const&)>;

struct client_options {
    unsigned connections_per_host = 16;  ///< to begin with, also the requests out at a time
    /// A server that keeps answering small ranges gets up to so many; one that says 429 or 503, or
    /// takes no more connections, gets fewer than before. 192 answers of 3 KB fill 100 Mbit/s over
    /// 50 ms.
    unsigned most_connections_per_host = 192;
    struct timeouts timeouts {};
    retry_options retry;
    redirect_options redirects;
    private_hosts private_servers = private_hosts::if_first_is;
    proxy_settings proxies;
    std::vector<credential> credentials;
    s3_settings s3;
    std::vector<url_rewriter> rewriters;  ///< tried in order, the first answer counts
    std::string ca_file;                  ///< PEM file of authorities trusted besides the system's
    /// "host:port" -> "address:port": where to connect instead of asking the resolver. Counts as
    /// public.
    std::map<std::string, std::string> connect_to;
    std::uint64_t seed = 0;             ///< of the jitter in delays; 0: from the system
    std::function<std::int64_t()> now;  ///< seconds since 1970; empty: the system's clock
};

/// Proxies, credentials and S3 settings of the environment, the rest as it is above.
/// \return errc::bad_value or errc::unsupported for a proxy variable that cannot be used
result<client_options> options_from(environment const& env);

/// Counts since the client was made.
struct client_stats {
    std::uint64_t requests = 0;  ///< sent, redirects and retries included
    std::uint64_t redirects = 0;
    std::uint64_t retries = 0;
    std::uint64_t throttled = 0;    ///< answers 429 and 503
    std::uint64_t renewals = 0;     ///< expired targets that were resolved again
    std::uint64_t connections = 0;  ///< opened
    std::uint64_t bytes = 0;        ///< of bodies that were kept
};

/// Connections, secrets and settings of one thread. Sources keep their client alive; all of them,
/// and all calls but `stop`, belong to one thread.
class client {
public:
    /// \return errc::io when the authorities in `ca_file` cannot be read
    static result<std::shared_ptr<client>> create(client_options options);

    ~client();
    client(client const&) = delete;
    client& operator=(client const&) = delete;

    /// Makes all running and later requests fail with errc::cancelled, within a tenth of a second.
    /// Safe from any thread and from a signal handler.
    void stop() noexcept;

    client_stats stats() const noexcept;
    /// Tells it about every request from now on.
    void observe(request_observer observer);
    client_options const& options() const noexcept;

    /// The inside, for the sources of this layer.
    class state;
    state& inside() noexcept { return *state_; }

private:
    explicit client(std::unique_ptr<state> made);

    std::unique_ptr<state> state_;
};

}  // namespace lindi::net
