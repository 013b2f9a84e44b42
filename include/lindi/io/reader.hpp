/// \file
/// What walks read through: reads that are not resident wait, and go out together as one wave.
///
/// The number of waves is the length of the longest chain of addresses that a walk follows, not the
/// number of objects, however the walk is written. Only where thousands of reads wait at once do
/// they go out in several waves, so that the bytes in flight stay bounded.

#pragma once

#include <lindi/core/limits.hpp>
#include <lindi/core/run_loop.hpp>
#include <lindi/core/task.hpp>
#include <lindi/io/patch_set.hpp>
#include <lindi/io/read_observer.hpp>
#include <lindi/io/source.hpp>

#include <atomic>
#include <chrono>
#include <span>

namespace lindi::io {

/// Counts for tests, `--stats` and tuning.
struct read_stats {
    std::uint64_t waves = 0;            ///< times that walks waited for bytes
    std::uint64_t reads = 0;            ///< ranges asked for
    std::uint64_t bytes_used = 0;       ///< bytes of these ranges
    std::uint64_t resident = 0;         ///< ranges answered at once
    std::chrono::nanoseconds waited{};  ///< in the source, for waves
    source_stats source;
};

/// One per file and per executor; not for sharing between threads.
class reader {
public:
    /// \param from    outlives the reader
    /// \param budget  outlives the reader; every byte asked for is spent from it
    reader(source& from, budget& budget) noexcept : source_(&from), budget_(&budget) {}
    reader(reader const&) = delete;
    reader& operator=(reader const&) = delete;

    class read_operation;
    class read_many_operation;

    /// Reads one range: `result<block> b = co_await file.read(range);`
    /// \return the bytes; or errc::truncated (past the end of the file), errc::cancelled,
    ///   errc::too_large (budget, or one range over the limit on memory), or what the source
    ///   failed with: errc::io when it answered other bytes than those asked for
    /// \param what  structure that is read, for observers; a literal
    read_operation read(byte_range range, char const* what = "") noexcept;
    /// Reads ranges as one batch: `result<std::vector<block>> b = co_await file.read_many(ranges);`
    /// \return the blocks in order, or the first error
    read_many_operation read_many(std::vector<byte_range> ranges, char const* what = "") noexcept;
    /// As read_many, but each range succeeds or fails on its own.
    task<answers> read_each(std::vector<byte_range> ranges, char const* what = "");

    /// Says that a range will probably be read soon: it comes along with the next wave, if the
    /// source remembers what it brings. Nothing is promised, and nothing fails; the budget is spent
    /// as if it were read.
    void expect(byte_range range);

    /// Later reads see these bytes at their file offset instead of the file's.
    void patch(block bytes) { patches_.add(std::move(bytes)); }

    std::uint64_t size() const noexcept { return source_->size(); }
    std::uint64_t stored_size() const noexcept { return source_->stored_size(); }
    /// Where the bytes that start at `offset` end: see source::end_of.
    std::uint64_t end_of(std::uint64_t offset) const noexcept { return source_->end_of(offset); }
    std::string const& name() const noexcept { return source_->name(); }
    read_cost cost() const noexcept { return source_->cost(); }
    lindi::budget& budget() noexcept { return *budget_; }
    run_loop& loop() noexcept { return loop_; }
    read_stats stats() const noexcept;
    /// The first error that the source answered with, where there should have been bytes: what was
    /// read since may lack things that the file has. Limits, cancellation and places past the end
    /// of the file do not count.
    std::optional<error> const& lost() const noexcept { return lost_; }
    /// Tells it about all later reads. \param observer  outlives the reader; null: nobody
    void observe(read_observer* observer) noexcept { observer_ = observer; }

    /// Makes all reads that were not sent yet fail with errc::cancelled. Safe from any thread and
    /// from a signal handler.
    void cancel() noexcept { cancelled_.store(true, std::memory_order_relaxed); }
    /// Cancels this one together with another. \param other  outlives this one's reads
    void cancel_with(reader const& other) noexcept { cancelled_with_ = &other; }
    bool is_cancelled() const noexcept
    {
        return cancelled_.load(std::memory_order_relaxed) ||
               (cancelled_with_ != nullptr && cancelled_with_->is_cancelled());
    }

    /// Runs a task to its end on this thread, flushing a wave whenever nothing else can go on.
    template <class T>
    T run(task<T> work)
    {
        auto const root = work.get();
        root.resume();
        for (loop_.run(); !root.done(); loop_.run())
            advance();
        return work.await_resume();
    }

private:
    struct waiting_read {
        wanted_range wanted;
        result<block>* answer;
        std::size_t* unanswered;  ///< of the operation this read belongs to
        std::coroutine_handle<> waiter;
    };

    /// Answers at once, or says that the read has to wait.
    bool try_now(wanted_range const& wanted, result<block>& answer);
    /// Why this range is not to be read at all.
    result<void> permit(byte_range range);
    /// Gets at least one read answered.
    void advance();
    void flush();
    void note_loss(result<block> const& answer);
    std::vector<waiting_read> next_wave();
    static std::vector<wanted_range> wanted_of(std::vector<waiting_read> const& wave);

    source* source_;
    lindi::budget* budget_;
    patch_set patches_;
    run_loop loop_;
    std::vector<waiting_read> waiting_;
    std::vector<byte_range> expected_;
    std::size_t in_flight_ = 0;
    read_stats stats_;
    std::optional<error> lost_;
    read_observer* observer_ = nullptr;
    std::atomic<bool> cancelled_ = false;
    reader const* cancelled_with_ = nullptr;
};

class reader::read_operation {
public:
    read_operation(reader& file, wanted_range wanted) noexcept : file_(&file), wanted_(wanted) {}
    bool await_ready() { return file_->try_now(wanted_, answer_); }
    void await_suspend(std::coroutine_handle<> waiter)
    {
        file_->waiting_.push_back({wanted_, &answer_, &unanswered_, waiter});
    }
    result<block> await_resume() noexcept { return std::move(answer_); }

private:
    reader* file_;
    wanted_range wanted_;
    std::size_t unanswered_ = 1;
    result<block> answer_{block{}};
};

class reader::read_many_operation {
public:
    read_many_operation(reader& file, std::vector<byte_range> ranges, char const* what)
        : file_(&file), ranges_(std::move(ranges)), what_(what)
    {}
    bool await_ready();
    void await_suspend(std::coroutine_handle<> waiter);
    result<std::vector<block>> await_resume();
    /// Every answer, for read_each.
    std::vector<result<block>>& all() noexcept { return answers_; }

private:
    reader* file_;
    std::vector<byte_range> ranges_;
    char const* what_;
    std::vector<std::size_t> late_;  ///< indices of ranges that have to wait
    std::size_t unanswered_ = 0;
    std::vector<result<block>> answers_;
};

inline reader::read_operation reader::read(byte_range range, char const* what) noexcept
{
    return {*this, {range, what}};
}

inline reader::read_many_operation
reader::read_many(std::vector<byte_range> ranges, char const* what) noexcept
{
    return {*this, std::move(ranges), what};
}

}  // namespace lindi::io
