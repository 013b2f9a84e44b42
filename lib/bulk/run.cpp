#include "work_queue.hpp"
#include "worker.hpp"

#include <lindi/bulk/run.hpp>

#include <thread>

namespace lindi::bulk {
namespace {

class running {
public:
    running(
        run_parts parts,
        std::vector<unit> units,
        run_options const& how,
        stop_wish const& stop,
        run_observer const& tell,
        std::unique_ptr<spool_folder> spool
    )
        : parts_(std::move(parts)), how_(&how), tell_(&tell), spool_(std::move(spool)),
          stop_(&stop), queue_(std::move(units), how.at_once, how.indexing.memory, given_up_)
    {}

    result<run_totals> run();

private:
    void work();
    void work_on(unit one);
    void note(run_event const& event);
    void adapt(run_event const& event);
    void give_up(error const& why);
    void watch_stop();

    run_parts parts_;
    run_options const* how_;
    run_observer const* tell_;
    std::unique_ptr<spool_folder> spool_;
    stop_wish const* stop_;
    std::atomic<bool> given_up_ = false;  ///< to stop, for whatever reason
    std::atomic<unsigned> workers_ = 0;
    work_queue queue_;
    std::mutex guard_;
    run_totals totals_;
    std::uint64_t throttled_ = 0;
    std::optional<error> failed_;
};

result<run_totals> running::run()
{
    {
        std::vector<std::jthread> workers;
        workers_ = how_->at_once;
        for (unsigned i = 0; i < how_->at_once; ++i)
            workers.emplace_back([this] {
                work();
                --workers_;
            });
        watch_stop();
    }
    if (failed_)
        return *failed_;
    totals_.was_stopped = given_up_;
    return totals_;
}

/// Passes the caller's wish to stop on to the queue.
void running::watch_stop()
{
    constexpr std::chrono::milliseconds now_and_then(50);
    while (workers_ != 0) {
        if ((*stop_)())
            given_up_ = true;
        std::this_thread::sleep_for(now_and_then);
    }
}

void running::work()
{
    while (auto one = queue_.take())
        work_on(std::move(*one));
}

void running::work_on(unit one)
{
    unit_work job(parts_, *how_, *spool_, one);
    if (auto const begun = job.begin(); !begun) {
        give_up(begun.error());
        return queue_.finish(one);
    }
    note(job.event());
    auto const next = job.run();
    if (!next)
        give_up(next.error());
    note(job.event());
    if (!next || *next == unit_work::next::nothing)
        return queue_.finish(one);
    if (*next == unit_work::next::larger)
        return queue_.put_back_larger(std::move(one));
    auto const attempts = parts_.journal.blob(one.blob).value_or(blob_record{}).attempts;
    auto const delay = how_->first_delay * (1U << std::min(attempts == 0 ? 0U : attempts - 1, 8U));
    queue_.put_back(std::move(one), work_queue::clock::now() + delay);
}

void running::give_up(error const& why)
{
    std::lock_guard const lock(guard_);
    if (!failed_)
        failed_ = why;
    given_up_ = true;
}

void running::note(run_event const& event)
{
    if (event.is != run_event::what::started)
        adapt(event);
    std::lock_guard const lock(guard_);
    if (event.is == run_event::what::done) {
        ++totals_.blobs_done;
        totals_.assets_done += event.assets;
        totals_.problems += event.problems;
    } else if (event.is == run_event::what::failed) {
        ++totals_.blobs_failed;
        totals_.assets_failed += event.assets;
    }
    if (*tell_)
        (*tell_)(event);
}

/// Takes back when a server said "too many requests", forward when all goes well.
void running::adapt(run_event const& event)
{
    if (parts_.client == nullptr)
        return;
    auto const throttled = parts_.client->stats().throttled;
    bool is_more = false;
    {
        std::lock_guard const lock(guard_);
        is_more = throttled > throttled_;
        throttled_ = std::max(throttled, throttled_);
    }
    if (is_more)
        queue_.slow_down();
    else if (event.is == run_event::what::done)
        queue_.went_well();
}

}  // namespace

result<run_totals>
run(run_parts parts,
    std::vector<unit> units,
    run_options const& how,
    stop_wish const& stop,
    run_observer const& tell)
{
    auto spool = spool_folder::open(parts.spool);
    if (!spool)
        return spool.error();
    running all(std::move(parts), std::move(units), how, stop, tell, std::move(*spool));
    return all.run();
}

}  // namespace lindi::bulk
