/// \file
/// Reading without waiting, with the completion tokens of Asio:
///
///     boost::asio::thread_pool workers(2);
///     auto file = co_await lindi::async_open(workers.get_executor(), "recording.nwb");
///     auto times = file.value().root().dataset_at("units/spike_times").value();
///     auto first = co_await lindi::async_read<double>(workers.get_executor(), times,
///                                                     lindi::selection::index(":100"));
///
/// The work itself is the blocking one of object.hpp, done by the executor that is given for it:
/// threads of which each reads one file at a time. The handler gets a `result`, on its own
/// executor. Asio's cancellation slots are honoured: a reading that was cancelled ends with
/// errc::cancelled after the piece (at most 32 MiB) that it is at; file::cancel ends all readings
/// of a file at once.
///
/// Programs that include it need Boost.Asio; nothing of the library does.

#pragma once

#include <lindi/api/open.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <memory>

namespace lindi {

/// Called on the executor that does the work. \param elements  read so far, of all that were asked
/// for
using read_progress = std::function<void(std::uint64_t elements)>;

namespace api {

/// Raised by a cancellation slot, looked at between pieces.
using stop_flag = std::shared_ptr<std::atomic<bool>>;

/// Does `work(stop_flag)` on `worker` and hands its result to the handler.
template <class Result, class Executor, class Work, class Token>
auto async_run(Executor worker, Work work, Token&& token)
{
    namespace asio = boost::asio;
    auto initiate = [](auto handler, Executor on, Work todo) {
        auto const stop = std::make_shared<std::atomic<bool>>(false);
        if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected())
            slot.assign([stop](asio::cancellation_type) { *stop = true; });
        auto const home = asio::get_associated_executor(handler, on);
        asio::post(
            on,
            [handler = std::move(handler),
             guard = asio::make_work_guard(home),
             todo = std::move(todo),
             stop]() mutable {
                auto outcome = std::make_shared<Result>(todo(stop));
                auto const back = guard.get_executor();
                asio::dispatch(back, [handler = std::move(handler), outcome]() mutable {
                    asio::get_associated_cancellation_slot(handler).clear();
                    std::move(handler)(std::move(*outcome));
                });
            }
        );
    };
    return asio::async_initiate<Token, void(Result)>(
        std::move(initiate), token, std::move(worker), std::move(work)
    );
}

/// As dataset::visit, until it is told to stop.
template <class Take>
result<void> visit_until(
    dataset const& from,
    selection const& part,
    stop_flag const& stop,
    read_progress const& progress,
    Take const& take
)
{
    std::uint64_t done = 0;
    return from.visit(part, [&](elements_view elements) -> result<void> {
        if (*stop)
            return error(errc::cancelled, error::nowhere, "reading");
        auto const taken = take(elements);
        done += elements.count();
        if (taken && progress)
            progress(done);
        return taken;
    });
}

}  // namespace api

/// As open_file. It cannot be cancelled: limits::time bounds it. \return what the token makes of
/// `void(result<file>)`
template <class Executor, class Token = boost::asio::use_awaitable_t<>>
auto async_open(
    Executor worker,
    std::string path_or_url,
    open_options options = open_options(),
    open::tree_options from = open::tree_options(),
    Token&& token = Token()
)
{
    auto work = [path = std::move(path_or_url),
                 options = std::move(options),
                 from = std::move(from)](api::stop_flag const&) mutable {
        return open_file(path, std::move(options), std::move(from));
    };
    return api::async_run<result<file>>(
        std::move(worker), std::move(work), std::forward<Token>(token)
    );
}

/// As dataset::read. \return what the token makes of `void(result<std::vector<T>>)`
template <class T, class Executor, class Token = boost::asio::use_awaitable_t<>>
auto async_read(
    Executor worker,
    dataset from,
    selection part = selection(),
    read_progress progress = read_progress(),
    Token&& token = Token()
)
{
    auto work = [from = std::move(from), part = std::move(part), progress = std::move(progress)](
                    api::stop_flag const& stop
                ) -> result<std::vector<T>> {
        std::vector<T> out;
        auto const take = [&out](elements_view elements) {
            auto const first = out.size();
            out.resize(first + static_cast<std::size_t>(elements.count()));
            return convert(elements, std::span<T>(out).subspan(first));
        };
        auto const done = api::visit_until(from, part, stop, progress, take);
        if (!done)
            return done.error();
        return out;
    };
    return api::async_run<result<std::vector<T>>>(
        std::move(worker), std::move(work), std::forward<Token>(token)
    );
}

/// As dataset::read_into. \param out  lives until the handler is called; as many as the selection
/// has elements
/// \return what the token makes of `void(result<void>)`
template <class T, class Executor, class Token = boost::asio::use_awaitable_t<>>
auto async_read_into(
    Executor worker,
    dataset from,
    std::span<T> out,
    selection part = selection(),
    read_progress progress = read_progress(),
    Token&& token = Token()
)
{
    auto work = [from = std::move(from),
                 out,
                 part = std::move(part),
                 progress = std::move(progress)](api::stop_flag const& stop) -> result<void> {
        auto rest = out;
        auto const take = [&rest](elements_view elements) -> result<void> {
            auto const count = static_cast<std::size_t>(elements.count());
            if (count > rest.size())
                return dataset::wrong_size();
            auto const converted = convert(elements, rest.first(count));
            rest = rest.subspan(count);
            return converted;
        };
        auto const done = api::visit_until(from, part, stop, progress, take);
        return done && !rest.empty() ? dataset::wrong_size() : done;
    };
    return api::async_run<result<void>>(
        std::move(worker), std::move(work), std::forward<Token>(token)
    );
}

}  // namespace lindi
