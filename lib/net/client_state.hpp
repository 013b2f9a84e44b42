/// \file
/// The inside of a client: event loop, connections and counters of one thread.

#pragma once

#include "async.hpp"
#include "connection.hpp"
#include "failure.hpp"

#include <lindi/net/client.hpp>
#include <lindi/net/request_window.hpp>

#include <atomic>
#include <map>
#include <random>
#include <set>
#include <variant>

namespace lindi::net {

/// What all connections to one server share.
struct host_pool {
    explicit host_pool(request_window allowed) : window(allowed) {}

    std::vector<std::unique_ptr<connection>> idle;
    unsigned open = 0;  ///< in use; the idle ones do not count
    waiting_line waiting;
    request_window window;  ///< bounds `open`
    link_estimate estimate;
    unsigned bodies = 0;  ///< on their way now
    std::uint64_t body_bytes = 0;
    steady_time bodies_since{};
};

class client::state {
public:
    explicit state(client_options given);
    ~state();

    result<void> load_authorities();

    /// Runs what can go on; returns after some progress, or within a tenth of a second.
    void run_some();
    bool is_stopping() const noexcept { return stop_.load(std::memory_order_relaxed); }
    void stop() noexcept { stop_.store(true, std::memory_order_relaxed); }

    /// A connection to the server of this URL: a kept one, or a new one as soon as there may be one
    /// more. \param may_be_private  whether its address may be private \return exclusive use of it
    /// until `give_back` or `drop`
    awaitable<std::variant<std::unique_ptr<connection>, failure>>
    connect(url const& to, bool may_be_private, steady_time deadline);
    /// Keeps it for the next request.
    void give_back(url const& to, std::unique_ptr<connection> used);
    /// Closes it.
    void drop(url const& to, std::unique_ptr<connection> used);
    host_pool& pool_of(url const& to);

    awaitable<void> sleep(milliseconds time);
    double random();
    std::int64_t now() const;
    /// Runs a coroutine that handles its own errors; the client waits for it before it goes away.
    void start(awaitable<void> work);
    bool is_idle() const noexcept { return running_ == 0; }

    /// Those in use, so that stopping closes them.
    void watch(connection* used) { in_use_.insert(used); }
    void unwatch(connection* used) { in_use_.erase(used); }

    client_options options;
    client_stats stats;
    request_observer observer;
    asio::io_context& context() noexcept { return context_; }

private:
    struct addresses {
        std::vector<tcp::endpoint> endpoints;
        bool vouched_for = false;
    };
    using connected = std::variant<std::unique_ptr<connection>, failure>;

    std::unique_ptr<connection> take_idle(host_pool& pool, bool may_be_private);
    bool may_connect(host_pool const& pool, url const& to) const;
    awaitable<connected>
    use(host_pool& pool,
        url const& to,
        std::unique_ptr<connection> kept,
        bool may_be_private,
        steady_time deadline);
    void leave(host_pool& pool);
    awaitable<std::variant<addresses, failure>>
    find_addresses(std::string host, std::uint16_t port, steady_time by);
    awaitable<connected> open(url const& to, bool may_be_private, steady_time deadline);
    awaitable<connected> open_tcp(url const& server, bool may_be_private, steady_time by);
    awaitable<std::optional<failure>>
    open_tunnel(connection& through, url const& proxy, url const& to);
    void shut_down();

    asio::io_context context_{1};
    asio::ssl::context tls_{asio::ssl::context::tls_client};
    std::map<std::string, host_pool> pools_;
    std::set<connection*> in_use_;
    std::set<asio::steady_timer*> sleeping_;
    std::size_t running_ = 0;
    std::mt19937_64 random_;
    std::atomic<bool> stop_ = false;
};

/// The value of a Proxy-Authorization header; empty when the proxy's URL has no user.
std::string proxy_authorization(url const& proxy);

/// A connection in use: dropped unless somebody gives it back.
class lease {
public:
    lease(client::state& from, url to, std::unique_ptr<connection> used)
        : from_(&from), to_(std::move(to)), used_(std::move(used))
    {
        from_->watch(used_.get());
    }
    lease(lease const&) = delete;
    lease& operator=(lease const&) = delete;
    ~lease()
    {
        if (used_) {
            from_->unwatch(used_.get());
            from_->drop(to_, std::move(used_));
        }
    }
    connection& operator*() const noexcept { return *used_; }
    connection* operator->() const noexcept { return used_.get(); }
    void give_back()
    {
        from_->unwatch(used_.get());
        from_->give_back(to_, std::move(used_));
    }

private:
    client::state* from_;
    url to_;
    std::unique_ptr<connection> used_;
};

}  // namespace lindi::net
