#include <lindi/core/checked.hpp>
#include <lindi/io/reader.hpp>

#include <stdexcept>

namespace lindi::io {

bool reader::try_now(byte_range range, result<block>& answer)
{
    ++stats_.reads;
    auto const end = checked_add(range.offset, range.size);
    if (!end || *end > size()) {
        answer = error(errc::truncated, range.offset, "file", "it ends at byte " + std::to_string(size()));
        return true;
    }
    if (cancelled_.load(std::memory_order_relaxed)) {
        answer = error(errc::cancelled, range.offset, "file");
        return true;
    }
    if (auto const spent = budget_->spend_bytes(range.size, range.offset); !spent) {
        answer = spent.error();
        return true;
    }
    stats_.bytes_used += range.size;
    auto here = patches_.empty() ? std::nullopt : patches_.find(range);
    if (!here)
        here = source_->resident(range);
    if (!here)
        return false;
    ++stats_.resident;
    answer = patches_.empty() ? std::move(*here) : patches_.apply(std::move(*here));
    return true;
}

void reader::advance()
{
    if (!waiting_.empty())
        flush();
    else if (in_flight_ != 0)
        source_->wait();
    else  // a bug in a walk
        throw std::logic_error("a task waits for something that nobody will do");
}

/// Sends all waiting reads out as one wave.
void reader::flush()
{
    auto wave = std::move(waiting_);
    waiting_.clear();
    std::vector<byte_range> ranges;
    ranges.reserve(wave.size());
    for (auto const& read : wave)
        ranges.push_back(read.range);
    ++stats_.waves;
    ++in_flight_;
    auto const late = budget_->check_time();
    auto deliver = [this, wave = std::move(wave)](answers got) {
        --in_flight_;
        for (std::size_t i = 0; i < wave.size(); ++i) {
            *wave[i].answer = std::move(got[i]);
            if (*wave[i].answer && !patches_.empty())
                *wave[i].answer = patches_.apply(std::move(**wave[i].answer));
            if (--*wave[i].unanswered == 0)
                loop_.post(wave[i].waiter);
        }
    };
    if (late)
        source_->fetch(std::move(ranges), std::move(deliver));
    else
        deliver(answers(ranges.size(), late.error()));
}

read_stats reader::stats() const noexcept
{
    auto out = stats_;
    out.source = source_->stats();
    return out;
}

task<answers> reader::read_each(std::vector<byte_range> ranges)
{
    auto operation = read_many(std::move(ranges));
    auto const first_error = co_await operation;
    (void)first_error;  // each answer carries its own
    co_return std::move(operation.all());
}

bool reader::read_many_operation::await_ready()
{
    answers_.assign(ranges_.size(), block{});
    for (std::size_t i = 0; i < ranges_.size(); ++i)
        if (!file_->try_now(ranges_[i], answers_[i]))
            late_.push_back(i);
    unanswered_ = late_.size();
    return late_.empty();
}

void reader::read_many_operation::await_suspend(std::coroutine_handle<> waiter)
{
    for (auto const i : late_)
        file_->waiting_.push_back({ranges_[i], &answers_[i], &unanswered_, waiter});
}

result<std::vector<block>> reader::read_many_operation::await_resume()
{
    std::vector<block> blocks;
    blocks.reserve(answers_.size());
    for (auto& answer : answers_) {
        if (!answer)
            return answer.error();
        blocks.push_back(*answer);
    }
    return blocks;
}

}  // namespace lindi::io
