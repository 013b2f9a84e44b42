#include "interrupt.hpp"

#include <array>
#include <atomic>
#include <csignal>

namespace lindi::tools {
namespace {

constexpr std::array signals{SIGINT, SIGTERM, SIGHUP};

// A signal handler sees nothing but globals.
std::atomic<io::reader*> to_cancel = nullptr;
std::atomic<int> last_signal = 0;

void on_signal(int number)
{
    last_signal.store(number, std::memory_order_relaxed);
    if (auto* const reader = to_cancel.load(std::memory_order_relaxed))
        reader->cancel();
}

}  // namespace

struct interrupt_guard::saved {
    std::array<struct sigaction, signals.size()> actions{};
};

interrupt_guard::interrupt_guard(io::reader& reader) : saved_(std::make_unique<saved>())
{
    last_signal = 0;
    to_cancel = &reader;
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    for (std::size_t i = 0; i < signals.size(); ++i)
        ::sigaction(signals[i], &action, &saved_->actions[i]);
}

interrupt_guard::~interrupt_guard()
{
    for (std::size_t i = 0; i < signals.size(); ++i)
        ::sigaction(signals[i], &saved_->actions[i], nullptr);
    to_cancel = nullptr;
}

int interrupt_guard::received() noexcept
{
    return last_signal.load(std::memory_order_relaxed);
}

}  // namespace lindi::tools
