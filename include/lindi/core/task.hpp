/// \file
/// A lazy coroutine with one awaiter, and two ways to wait for many of them.
///
/// A task runs on the thread that resumes it; nothing here locks. An awaited task is started inside
/// `await_suspend`: when it finishes without suspending, the awaiter goes on at once, so loops over
/// tasks whose data is resident use no more stack than plain calls, also without optimisation.
/// Parameters of a coroutine are values, apart from objects that the caller keeps alive; lambdas
/// that are coroutines capture nothing (g++ 12 miscompiles captures and braced arguments inside
/// `co_await`).

#pragma once

#include <lindi/core/run_loop.hpp>

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace lindi {

template <class T>
class task;

namespace detail {

/// Counts unfinished tasks; the last one resumes the waiter.
struct latch {
    std::size_t unfinished = 1;  ///< one for the waiter itself, until it has started them all
    std::coroutine_handle<> waiter{};
    std::exception_ptr failure{};

    std::coroutine_handle<> count_down() noexcept
    {
        if (--unfinished == 0 && waiter)
            return waiter;
        return std::noop_coroutine();
    }
};

struct promise_base {
    std::coroutine_handle<> waiter{};
    latch* shared = nullptr;
    bool detached = false;  ///< destroys itself when it finishes
    std::exception_ptr failure{};

    struct finish {
        bool await_ready() noexcept { return false; }
        template <class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> self) noexcept
        {
            // Copies: a detached coroutine is gone before they are used.
            promise_base const done = self.promise();
            if (done.detached) {
                if (done.failure && !done.shared->failure)
                    done.shared->failure = done.failure;
                self.destroy();
            }
            if (done.shared)
                return done.shared->count_down();
            return done.waiter ? done.waiter : std::noop_coroutine();
        }
        void await_resume() noexcept {}
    };

    std::suspend_always initial_suspend() noexcept { return {}; }
    finish final_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept { failure = std::current_exception(); }
};

template <class T>
struct promise : promise_base {
    std::optional<T> value{};
    task<T> get_return_object() noexcept;
    template <class U>
    void return_value(U&& u)
    {
        value.emplace(std::forward<U>(u));
    }
    T take()
    {
        if (failure)
            std::rethrow_exception(failure);
        return std::move(*value);
    }
};

template <>
struct promise<void> : promise_base {
    task<void> get_return_object() noexcept;
    void return_void() noexcept {}
    void take()
    {
        if (failure)
            std::rethrow_exception(failure);
    }
};

}  // namespace detail

/// Work that has not started. `co_await` it once, or hand it to `when_all`, `task_group` or a run
/// loop.
template <class T = void>
class [[nodiscard]] task {
public:
    using promise_type = detail::promise<T>;
    using handle = std::coroutine_handle<promise_type>;

    explicit task(handle h) noexcept : handle_(h) {}
    task(task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    task& operator=(task&& other) noexcept
    {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~task()
    {
        if (handle_)
            handle_.destroy();
    }

    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> waiter)
    {
        handle_.resume();
        if (handle_.done())
            return false;
        handle_.promise().waiter = waiter;
        return true;
    }
    T await_resume() { return handle_.promise().take(); }

    /// For those who drive tasks: the coroutine, still owned here.
    handle get() const noexcept { return handle_; }
    /// The coroutine, no longer owned here.
    handle release() noexcept { return std::exchange(handle_, {}); }

private:
    handle handle_;
};

template <class T>
task<T> detail::promise<T>::get_return_object() noexcept
{
    return task<T>(task<T>::handle::from_promise(*this));
}

inline task<void> detail::promise<void>::get_return_object() noexcept
{
    return task<void>(task<void>::handle::from_promise(*this));
}

namespace detail {

template <class T>
struct start_all {
    std::vector<task<T>>& tasks;
    latch all{};

    bool await_ready() const noexcept { return tasks.empty(); }
    bool await_suspend(std::coroutine_handle<> waiter)
    {
        all.unfinished = tasks.size() + 1;
        for (auto& t : tasks) {
            t.get().promise().shared = &all;
            t.get().resume();
        }
        if (--all.unfinished == 0)
            return false;
        all.waiter = waiter;
        return true;
    }
    void await_resume() const noexcept {}
};

}  // namespace detail

/// Runs all tasks at the same time and returns their values in order.
/// Their reads join the same wave. Waits for all of them, whatever they return.
template <class T>
task<std::vector<T>> when_all(std::vector<task<T>> tasks)
{
    detail::start_all<T> all{tasks};
    co_await all;
    std::vector<T> values;
    values.reserve(tasks.size());
    for (auto& t : tasks)
        values.push_back(t.await_resume());
    co_return values;
}

/// As above for tasks without a value.
inline task<void> when_all(std::vector<task<void>> tasks)
{
    detail::start_all<void> all{tasks};
    co_await all;
    for (auto& t : tasks)
        t.await_resume();
}

namespace detail {

template <class T>
task<void> store(task<T> work, std::optional<T>& to)
{
    to.emplace(co_await work);
}

}  // namespace detail

/// Runs two tasks at the same time.
template <class A, class B>
task<std::pair<A, B>> when_both(task<A> a, task<B> b)
{
    std::optional<A> first;
    std::optional<B> second;
    std::vector<task<void>> both;
    both.push_back(detail::store(std::move(a), first));
    both.push_back(detail::store(std::move(b), second));
    co_await when_all(std::move(both));
    co_return std::pair<A, B>(std::move(*first), std::move(*second));
}

/// A growing set of tasks: those that run may add more. Whoever made the group awaits `join` last.
/// Spawned tasks start from the run loop, so that a chain of spawns uses no stack.
class task_group {
public:
    explicit task_group(run_loop& loop) noexcept : loop_(&loop) {}
    task_group(task_group const&) = delete;
    task_group& operator=(task_group const&) = delete;

    void spawn(task<void> work)
    {
        auto const h = work.release();
        h.promise().shared = &all_;
        h.promise().detached = true;
        ++all_.unfinished;
        loop_->post(h);
    }

    /// Waits until every task has finished; rethrows the first exception.
    task<void> join()
    {
        wait all{all_};
        co_await all;
        if (all_.failure)
            std::rethrow_exception(all_.failure);
    }

private:
    struct wait {
        detail::latch& all;
        bool await_ready() const noexcept { return false; }
        bool await_suspend(std::coroutine_handle<> waiter) noexcept
        {
            if (--all.unfinished == 0)
                return false;
            all.waiter = waiter;
            return true;
        }
        void await_resume() const noexcept {}
    };

    run_loop* loop_;
    detail::latch all_;
};

}  // namespace lindi
