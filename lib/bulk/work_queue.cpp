#include "work_queue.hpp"

#include <algorithm>

namespace lindi::bulk {

using std::chrono::milliseconds;

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
    if (!later_.empty() && later_.begin()->first <= clock::now())
        return std::move(later_.extract(later_.begin()).mapped());
    if (next_ == units_.size())
        return std::nullopt;
    return std::move(units_[next_++]);
}

void work_queue::finish()
{
    std::lock_guard const lock(guard_);
    --in_work_;
    changed_.notify_all();
}

void work_queue::put_back(unit one, clock::time_point when)
{
    std::lock_guard const lock(guard_);
    --in_work_;
    later_.emplace(when, std::move(one));
    changed_.notify_all();
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
