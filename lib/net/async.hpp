/// \file
/// What of Asio and Beast this layer uses.

#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <deque>

namespace lindi::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using steady_time = std::chrono::steady_clock::time_point;

template <class T = void>
using awaitable = asio::awaitable<T>;

/// The completion token that stores the error instead of throwing it.
inline auto into(error_code& failed)
{
    return asio::redirect_error(asio::use_awaitable, failed);
}

/// Coroutines that wait until somebody wakes them, first come, first served.
class waiting_line {
public:
    awaitable<void> wait(asio::io_context& context)
    {
        asio::steady_timer place(context, steady_time::max());
        line_.push_back(&place);
        error_code woken;
        co_await place.async_wait(into(woken));
        std::erase(line_, &place);
    }

    std::size_t size() const noexcept { return line_.size(); }

    void wake_one()
    {
        if (line_.empty())
            return;
        auto* const first = line_.front();
        line_.pop_front();
        first->cancel();
    }

    void wake_all()
    {
        while (!line_.empty())
            wake_one();
    }

private:
    std::deque<asio::steady_timer*> line_;
};

}  // namespace lindi::net
