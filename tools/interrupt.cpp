#include "interrupt.hpp"

#include <array>
#include <atomic>
#include <csignal>

namespace lindi::tools {
namespace {

constexpr std::array signals{SIGINT, SIGTERM, SIGHUP};

// A signal handler sees nothing but globals.
std::atomic<io::reader*> to_cancel = nullptr;
std::atomic<net::client*> to_stop = nullptr;
std::atomic<int> last_signal = 0;

void on_signal(int number)
{
    last_signal.store(number);
    if (auto* const reader = to_cancel.load())
        reader->cancel();
    if (auto* const client = to_stop.load())
        client->stop();
}

}  // namespace

struct interrupt_guard::saved {
    std::array<struct sigaction, signals.size()> actions{};
};

interrupt_guard::interrupt_guard() : saved_(std::make_unique<saved>())
{
    last_signal = 0;
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
    to_stop = nullptr;
}

void interrupt_guard::watch(io::reader& reader) noexcept
{
    to_cancel = &reader;
    if (received() != 0)
        reader.cancel();
}

void interrupt_guard::watch(net::client& client) noexcept
{
    to_stop = &client;
    if (received() != 0)
        client.stop();
}

int interrupt_guard::received() noexcept
{
    return last_signal.load();
}

}  // namespace lindi::tools
