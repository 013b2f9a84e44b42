/// \file
/// Which unit is next, and how many may be in work.

#pragma once

#include <lindi/bulk/plan.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>

namespace lindi::bulk {

/// Safe for all threads.
class work_queue {
public:
    using clock = std::chrono::steady_clock;

    work_queue(std::vector<unit> units, unsigned at_once, std::atomic<bool> const& stop)
        : units_(std::move(units)), most_(at_once), allowed_(at_once), stop_(&stop)
    {}

    /// Waits until a unit may be begun. \return nothing when there are none left, or to stop
    std::optional<unit> take();
    /// A unit that was taken is over.
    void finish();
    /// A unit that was taken is to be begun again, later.
    void put_back(unit one, clock::time_point when);

    /// A server said that it has too much to do: half as many from now on, and one more for each
    /// few that go well.
    void slow_down();
    void went_well();
    unsigned allowed() const;

private:
    std::optional<unit> next();

    std::vector<unit> units_;
    std::size_t next_ = 0;
    std::multimap<clock::time_point, unit> later_;
    unsigned const most_;
    unsigned allowed_;
    unsigned in_work_ = 0;
    unsigned good_ones_ = 0;
    clock::time_point slowed_{};
    std::atomic<bool> const* stop_;
    mutable std::mutex guard_;
    std::condition_variable changed_;
};

}  // namespace lindi::bulk
