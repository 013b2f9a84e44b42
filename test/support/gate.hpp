/// \file
/// A task that waits until a test lets it go on.

#pragma once

#include <coroutine>
#include <utility>

namespace lindi::test {

/// Suspends whoever awaits it until `go` is called.
class gate {
public:
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter) noexcept { waiting_ = waiter; }
    void await_resume() const noexcept {}

    bool has_waiter() const noexcept { return static_cast<bool>(waiting_); }
    void go() { std::exchange(waiting_, {}).resume(); }

private:
    std::coroutine_handle<> waiting_{};
};

}  // namespace lindi::test
