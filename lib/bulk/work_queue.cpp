#include "work_queue.hpp"

#include <algorithm>

namespace lindi::bulk {

using std::chrono::milliseconds;

work_queue::work_queue(
    std::vector<unit> units, unsigned at_once, std::uint64_t memory, std::atomic<bool> const& stop
)
    : units_(std::move(units)), most_(at_once), allowed_(at_once), memory_(memory), stop_(&stop)
{
    for (auto& one : units_)
        one.memory = std::min(memory_, std::max<std::uint64_t>(memory_ / most_, 1));
}

std::optional<unit> work_queue::take()
{
    // Whoever sets `stop` wakes nobody.
    constexpr milliseconds look_at_stop_every(100);
    std::unique_lock lock(guard_);
    for (;;) {
        if (*stop_)
            return std::nullopt;
        if (in_work_ < allowed_)
            if (auto out = next()) {
                ++in_work_;
                in_use_ += out->memory;
                return out;
            }
        // What is in work may come back.
        if (next_ == units_.size() && later_.empty() && in_work_ == 0)
            return std::nullopt;
        changed_.wait_for(lock, look_at_stop_every);
    }
}

std::optional<unit> work_queue::next()
{
    if (!later_.empty() && later_.begin()->first <= clock::now()) {
        // The others wait, too, or a large one would never get its turn.
        if (!fits(later_.begin()->second))
            return std::nullopt;
        return std::move(later_.extract(later_.begin()).mapped());
    }
    if (next_ == units_.size() || !fits(units_[next_]))
        return std::nullopt;
    return std::move(units_[next_++]);
}

void work_queue::release(unit const& one)
{
    --in_work_;
    in_use_ -= one.memory;
    changed_.notify_all();
}

void work_queue::finish(unit const& one)
{
    std::lock_guard const lock(guard_);
    release(one);
}

void work_queue::put_back(unit one, clock::time_point when)
{
    std::lock_guard const lock(guard_);
    release(one);
    later_.emplace(when, std::move(one));
}

void work_queue::put_back_larger(unit one)
{
    constexpr std::uint64_t times = 4;
    std::lock_guard const lock(guard_);
    release(one);
    one.memory = one.memory < memory_ / times ? one.memory * times : memory_;
    later_.emplace(clock::now(), std::move(one));
}

void work_queue::slow_down()
{
    // Those in work were begun before: one cut for all of them.
    constexpr std::chrono::seconds pause(2);
    std::lock_guard const lock(guard_);
    good_ones_ = 0;
    if (clock::now() - slowed_ < pause)
        return;
    slowed_ = clock::now();
    allowed_ = std::max(1U, allowed_ / 2);
}

void work_queue::went_well()
{
    constexpr unsigned for_one_more = 4;
    std::lock_guard const lock(guard_);
    if (allowed_ == most_ || ++good_ones_ < for_one_more)
        return;
    good_ones_ = 0;
    ++allowed_;
    changed_.notify_all();
}

unsigned work_queue::allowed() const
{
    std::lock_guard const lock(guard_);
    return allowed_;
}

}  // namespace lindi::bulk
