/// \file
/// Values that many tasks want and one of them makes.

#pragma once

#include <lindi/core/run_loop.hpp>
#include <lindi/core/task.hpp>

#include <new>
#include <optional>
#include <unordered_map>
#include <vector>

namespace lindi {

/// Remembers values by key. Whoever asks first makes the value; those who ask meanwhile wait for
/// it.
template <class Key, class Value>
class once_map {
public:
    explicit once_map(run_loop& loop) noexcept : loop_(&loop) {}

    /// The value, if it was made already; it lives as long as the map.
    Value const* find(Key const& key) const
    {
        auto const found = slots_.find(key);
        return found == slots_.end() || !found->second.value ? nullptr : &*found->second.value;
    }

    /// The value; `make` is run unless somebody did or is at it. It must not ask for its own key.
    task<Value const*> get(Key key, task<Value> make)
    {
        auto& slot = slots_[key];
        if (slot.value)
            co_return &*slot.value;
        if (slot.begun) {
            joining wait{slot};
            co_await wait;
            if (!slot.value)
                throw std::bad_alloc();  // what the one who made it met
            co_return &*slot.value;
        }
        slot.begun = true;
        waking all{*loop_, slot};
        auto value = co_await make;
        slot.value.emplace(std::move(value));
        co_return &*slot.value;
    }

private:
    struct slot_type {
        bool begun = false;
        std::optional<Value> value;
        std::vector<std::coroutine_handle<>> waiting;
    };
    struct joining {
        slot_type& slot;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> waiter) { slot.waiting.push_back(waiter); }
        void await_resume() const noexcept {}
    };
    /// Lets those go on who wait, however the making ended.
    struct waking {
        run_loop& loop;
        slot_type& slot;
        ~waking()
        {
            slot.begun = slot.value.has_value();  // else whoever asks next makes it
            for (auto const waiter : std::exchange(slot.waiting, {}))
                loop.post(waiter);
        }
    };

    run_loop* loop_;
    std::unordered_map<Key, slot_type> slots_;  ///< slots stay where they are while it grows
};

}  // namespace lindi
