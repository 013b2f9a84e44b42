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

    /// \param memory  that those in work may hold together: each begins with an equal share
    work_queue(
        std::vector<unit> units,
        unsigned at_once,
        std::uint64_t memory,
        std::atomic<bool> const& stop
    );

    /// Waits until a unit may be begun. \return nothing when there are none left, or to stop
    std::optional<unit> take();
    /// A unit that was taken is over.
    void finish(unit const& one);
    /// A unit that was taken is to be begun again, later.
    void put_back(unit one, clock::time_point when);
    /// The same for one whose memory did not suffice: soon, with more. Others wait until there is
    /// so much of it.
    void put_back_larger(unit one);

    /// A server said that it has too much to do: half as many from now on, and one more for each
    /// few that go well.
    void slow_down();
    void went_well();
    unsigned allowed() const;

private:
    std::optional<unit> next();
    bool fits(unit const& one) const { return one.memory <= memory_ - in_use_; }
    void release(unit const& one);

    std::vector<unit> units_;
    std::size_t next_ = 0;
    std::multimap<clock::time_point, unit> later_;
    unsigned const most_;
    unsigned allowed_;
    unsigned in_work_ = 0;
    std::uint64_t const memory_;
    std::uint64_t in_use_ = 0;  ///< of the memory; no more than there is
    unsigned good_ones_ = 0;
    clock::time_point slowed_{};
    std::atomic<bool> const* stop_;
    mutable std::mutex guard_;
    std::condition_variable changed_;
};

}  // namespace lindi::bulk
