/// \file
/// The coroutines of one file that can go on now.

#pragma once

#include <coroutine>
#include <vector>

namespace lindi {

/// Last in, first out: a walk goes deep before it goes wide, which keeps few coroutines alive.
/// Everything runs on the thread that calls `run`.
class run_loop {
public:
    void post(std::coroutine_handle<> next) { ready_.push_back(next); }

    /// Resumes coroutines until none is ready.
    void run()
    {
        while (!ready_.empty()) {
            auto const next = ready_.back();
            ready_.pop_back();
            next.resume();
        }
    }

private:
    std::vector<std::coroutine_handle<>> ready_;
};

}  // namespace lindi
