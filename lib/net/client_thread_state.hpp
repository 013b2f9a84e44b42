/// \file
/// The inside of a client thread: the client, its thread, and how others reach it.

#pragma once

#include "client_state.hpp"

#include <lindi/net/client_thread.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace lindi::net {

class client_thread::state {
public:
    explicit state(std::shared_ptr<client> made)
        : client_(std::move(made)),
          waits_for_work_(asio::make_work_guard(client_->inside().context()))
    {
        thread_ = std::thread([this] { run(); });
    }
    ~state()
    {
        client_->stop();
        is_over_ = true;
        post([] {});  // wakes it
        thread_.join();
    }
    state(state const&) = delete;
    state& operator=(state const&) = delete;

    /// Runs a function on the client's thread, soon.
    template <class F>
    void post(F work)
    {
        asio::post(client_->inside().context(), std::move(work));
    }
    /// Sources that there are.
    std::atomic<unsigned> open_files = 0;

    std::shared_ptr<client> const& client_of() const noexcept { return client_; }

private:
    void run()
    {
        auto& inside = client_->inside();
        while (!is_over_ || !inside.is_idle())
            inside.run_some();
        // Sources to let go: they hold the client.
        inside.context().restart();
        inside.context().poll();
    }

    std::shared_ptr<client> client_;
    /// Without it a context that has nothing to do returns at once, again and again.
    asio::executor_work_guard<asio::io_context::executor_type> waits_for_work_;
    std::atomic<bool> is_over_ = false;
    std::thread thread_;
};

/// A value that one thread makes and another waits for.
template <class T>
class promised {
public:
    void keep(T value)
    {
        std::lock_guard const lock(guard_);
        value_.emplace(std::move(value));
        kept_.notify_all();
    }
    /// \return nothing when `until` came first
    std::optional<T> wait(steady_time until)
    {
        std::unique_lock lock(guard_);
        auto const is_here = [this] { return value_.has_value(); };
        if (until == steady_time::max())
            kept_.wait(lock, is_here);
        else if (!kept_.wait_until(lock, until, is_here))
            return std::nullopt;
        return std::move(value_);
    }

private:
    std::mutex guard_;
    std::condition_variable kept_;
    std::optional<T> value_;
};

}  // namespace lindi::net
