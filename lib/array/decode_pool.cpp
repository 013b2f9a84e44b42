#include "decode_pool.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace lindi::array {
namespace {

/// Threads that one call starts; more do not pay for the chunks of one batch.
constexpr std::size_t max_threads = 16;

/// What the threads of one call share.
class shared_work {
public:
    shared_work(std::size_t count, std::function<result<void>(std::size_t)> const& work)
        : count_(count), work_(work)
    {}

    void run() noexcept
    {
        try {
            for (auto i = next_++; i < count_; i = next_++)
                if (auto const done = work_(i); !done)
                    keep(i, done.error());
        } catch (...) {
            std::lock_guard const lock(guard_);
            exception_ = std::current_exception();
            next_ = count_;
        }
    }

    result<void> finish()
    {
        if (exception_)
            std::rethrow_exception(exception_);
        if (failed_ < count_)
            return failure_;
        return {};
    }

private:
    void keep(std::size_t i, error const& e)
    {
        std::lock_guard const lock(guard_);
        if (i < failed_) {
            failed_ = i;
            failure_ = e;
        }
        next_ = count_;
    }

    std::size_t count_;
    std::function<result<void>(std::size_t)> const& work_;
    std::atomic<std::size_t> next_ = 0;
    std::mutex guard_;
    std::size_t failed_ = ~std::size_t{0};
    error failure_;
    std::exception_ptr exception_;
};

}  // namespace

result<void> decode_in_parallel(
    std::size_t count, std::size_t most, std::function<result<void>(std::size_t)> const& work
)
{
    shared_work shared(count, work);
    auto const cores = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
    auto const threads = std::min({cores, count, most, max_threads});
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < threads; ++i)
        helpers.emplace_back([&shared] { shared.run(); });
    shared.run();
    helpers.clear();
    return shared.finish();
}

}  // namespace lindi::array
