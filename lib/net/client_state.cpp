#include "client_state.hpp"

#include <lindi/net/presigned.hpp>

#include <chrono>

namespace lindi::net {
namespace {

constexpr std::chrono::milliseconds look_at_stop_every(50);

/// Connections are shared where scheme, host and port are; all of a client's use the same proxy for
/// these.
std::string pool_key(url const& to)
{
    return (to.tls ? "s:" : "p:") + to.host + ":" + std::to_string(to.port);
}

std::uint64_t seed_of(client_options const& options)
{
    return options.seed != 0 ? options.seed : std::random_device()();
}

}  // namespace

client::state::state(client_options given) : options(std::move(given)), random_(seed_of(options)) {}

client::state::~state()
{
    stop();
    shut_down();
    while (running_ != 0) {
        context_.restart();
        context_.run_one_for(look_at_stop_every);
        shut_down();
    }
}

result<void> client::state::load_authorities()
{
    error_code failed;
    tls_.set_default_verify_paths(failed);
    if (!failed && !options.ca_file.empty())
        tls_.load_verify_file(options.ca_file, failed);
    SSL_CTX_set_min_proto_version(tls_.native_handle(), TLS1_2_VERSION);
    if (failed)
        return error(errc::io, error::nowhere, "certificate authorities", failed.message())
            .within(options.ca_file);
    return {};
}

void client::state::run_some()
{
    if (is_stopping())
        shut_down();
    context_.restart();
    context_.run_one_for(look_at_stop_every);
}

/// Makes everything that waits fail now. What starts later sees `is_stopping` itself.
void client::state::shut_down()
{
    for (auto* const used : in_use_)
        used->close();
    for (auto* const timer : sleeping_)
        timer->cancel();
    for (auto& [key, pool] : pools_) {
        pool.idle.clear();
        pool.waiting.wake_all();
    }
}

host_pool& client::state::pool_of(url const& to)
{
    request_window const allowed(options.connections_per_host, options.most_connections_per_host);
    return pools_.try_emplace(pool_key(to), allowed).first->second;
}

std::unique_ptr<connection> client::state::take_idle(host_pool& pool, bool may_be_private)
{
    while (!pool.idle.empty()) {
        auto kept = std::move(pool.idle.back());
        pool.idle.pop_back();
        if (kept->is_open() && (may_be_private || !kept->is_private()))
            return kept;
    }
    return nullptr;
}

bool client::state::may_connect(host_pool const& pool, url const& to) const
{
    auto const setup = to.tls ? 2U : 1U;  // TCP, and TLS 1.3
    return pool.open < options.connections_per_host ||
           is_worth_connecting(pool.waiting.size() + 1, pool.open, setup);
}

awaitable<std::variant<std::unique_ptr<connection>, failure>>
client::state::connect(url const& to, bool may_be_private, steady_time deadline)
{
    auto& pool = pool_of(to);
    while (!is_stopping()) {
        if (pool.open < pool.window.size()) {
            auto kept = take_idle(pool, may_be_private);
            if (kept || may_connect(pool, to)) {
                auto made = co_await use(pool, to, std::move(kept), may_be_private, deadline);
                co_return std::move(made);
            }
        }
        co_await pool.waiting.wait(context_);
    }
    co_return stopped();
}

awaitable<client::state::connected> client::state::use(
    host_pool& pool,
    url const& to,
    std::unique_ptr<connection> kept,
    bool may_be_private,
    steady_time deadline
)
{
    ++pool.open;
    auto const number = pool.window.sent();
    if (!kept) {
        auto made = co_await open(to, may_be_private, deadline);
        if (auto const* const failed = std::get_if<failure>(&made)) {
            if (failed->transient)
                pool.window.overloaded(number);
            leave(pool);
            co_return std::move(made);
        }
        kept = std::move(std::get<std::unique_ptr<connection>>(made));
    }
    kept->deadline = deadline;
    kept->request_number = number;
    co_return std::move(kept);
}

/// One request less is out; the window may have grown by one as well.
void client::state::leave(host_pool& pool)
{
    --pool.open;
    pool.waiting.wake_one();
    if (pool.open + 1 < pool.window.size())
        pool.waiting.wake_one();
}

void client::state::give_back(url const& to, std::unique_ptr<connection> used)
{
    auto& pool = pool_of(to);
    bool const has_room = pool.idle.size() + pool.open <= pool.window.size();
    if (has_room && !is_stopping())
        pool.idle.push_back(std::move(used));
    leave(pool);
}

void client::state::drop(url const& to, std::unique_ptr<connection> used)
{
    used->close();
    leave(pool_of(to));
}

awaitable<void> client::state::sleep(milliseconds time)
{
    if (is_stopping())
        co_return;
    asio::steady_timer timer(context_, time);
    sleeping_.insert(&timer);
    error_code cancelled;
    co_await timer.async_wait(into(cancelled));
    sleeping_.erase(&timer);
}

double client::state::random()
{
    return std::uniform_real_distribution<double>(0, 1)(random_);
}

std::int64_t client::state::now() const
{
    if (options.now)
        return options.now();
    auto const since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(since).count();
}

void client::state::start(awaitable<void> work)
{
    ++running_;
    asio::co_spawn(context_, std::move(work), [this](std::exception_ptr failed) {
        --running_;
        // Bugs and memory running out: they leave through run_some, on the thread that waits.
        if (failed)
            std::rethrow_exception(failed);
    });
}

}  // namespace lindi::net
