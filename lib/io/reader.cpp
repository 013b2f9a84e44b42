#include <lindi/core/checked.hpp>
#include <lindi/io/reader.hpp>

#include <stdexcept>

namespace lindi::io {

namespace {
// What a wave brings is held all at once: read-ahead of pages included, about a hundred MiB.
constexpr std::size_t most_reads = 8192;
constexpr std::uint64_t most_bytes = 64 * 1024 * 1024;

}  // namespace

bool reader::try_now(wanted_range const& wanted, result<block>& answer)
{
    auto const range = wanted.range;
    ++stats_.reads;
    if (auto const permitted = permit(range); !permitted) {
        answer = permitted.error();
        return true;
    }
    stats_.bytes_used += range.size;
    if (observer_ != nullptr)
        observer_->on_read(wanted);
    auto here = patches_.empty() ? std::nullopt : patches_.find(range);
    if (!here)
        here = source_->resident(range);
    if (!here)
        return false;
    ++stats_.resident;
    answer = patches_.empty() ? std::move(*here) : patches_.apply(std::move(*here));
    return true;
}

result<void> reader::permit(byte_range range)
{
    auto const end = checked_add(range.offset, range.size);
    if (!end || *end > size())
        return error(
            errc::truncated, range.offset, "file", "it ends at byte " + std::to_string(size())
        );
    if (*end > end_of(range.offset))
        return error(errc::truncated, range.offset, "file", "none of its members has these bytes");
    if (is_cancelled())
        return error(errc::cancelled, range.offset, "file");
    if (range.size > budget_->max().memory)
        return error(errc::too_large, range.offset, "file", "one read over the limit on memory");
    return budget_->spend_bytes(range.size, range.offset);
}

void reader::expect(byte_range range)
{
    if (source_->remembers() && expected_.size() < most_reads && permit(range) &&
        !source_->resident(range))
        expected_.push_back(range);
}

void reader::advance()
{
    auto const start = std::chrono::steady_clock::now();
    if (!waiting_.empty())
        flush();
    else if (in_flight_ != 0)
        source_->wait();
    else  // a bug in a walk
        throw std::logic_error("a task waits for something that nobody will do");
    stats_.waited += std::chrono::steady_clock::now() - start;
}

/// The reads that were asked for last: a walk that goes deep finishes objects before it starts
/// others.
std::vector<reader::waiting_read> reader::next_wave()
{
    std::uint64_t bytes = 0;
    auto first = waiting_.end();
    while (first != waiting_.begin()) {
        auto const next = std::prev(first);
        bytes += next->wanted.range.size;
        auto const count = static_cast<std::size_t>(waiting_.end() - next);
        if (count > 1 && (count > most_reads || bytes > most_bytes))
            break;
        first = next;
    }
    std::vector<waiting_read> wave(first, waiting_.end());
    waiting_.erase(first, waiting_.end());
    return wave;
}

std::vector<wanted_range> reader::wanted_of(std::vector<waiting_read> const& wave)
{
    std::vector<wanted_range> out;
    out.reserve(wave.size());
    for (auto const& read : wave)
        out.push_back(read.wanted);
    return out;
}

void reader::note_loss(result<block> const& answer)
{
    if (answer || lost_)
        return;
    auto const code = answer.error().code();
    if (code != errc::truncated && code != errc::too_large && code != errc::cancelled)
        lost_ = answer.error();
}

/// Sends waiting reads out as one wave.
void reader::flush()
{
    auto wave = next_wave();
    std::vector<byte_range> ranges;
    ranges.reserve(wave.size());
    for (auto const& read : wave)
        ranges.push_back(read.wanted.range);
    if (observer_ != nullptr)
        observer_->on_wave(wanted_of(wave));
    ranges.insert(ranges.end(), expected_.begin(), expected_.end());
    expected_.clear();
    ++stats_.waves;
    ++in_flight_;
    auto deliver = [this, ranges, wave = std::move(wave)](answers got) {
        --in_flight_;
        check_answers(ranges, got);
        for (std::size_t i = 0; i < wave.size(); ++i) {
            note_loss(got[i]);
            *wave[i].answer = std::move(got[i]);
            if (*wave[i].answer && !patches_.empty())
                *wave[i].answer = patches_.apply(std::move(**wave[i].answer));
            if (--*wave[i].unanswered == 0)
                loop_.post(wave[i].waiter);
        }
    };
    if (is_cancelled())
        deliver(answers(ranges.size(), error(errc::cancelled, ranges[0].offset, "file")));
    else if (auto const late = budget_->check_time(); !late)
        deliver(answers(ranges.size(), late.error()));
    else
        source_->fetch(std::move(ranges), std::move(deliver));
}

read_stats reader::stats() const noexcept
{
    auto out = stats_;
    out.source = source_->stats();
    return out;
}

task<answers> reader::read_each(std::vector<byte_range> ranges, char const* what)
{
    auto operation = read_many(std::move(ranges), what);
    auto const first_error = co_await operation;
    (void)first_error;  // each answer carries its own
    co_return std::move(operation.all());
}

bool reader::read_many_operation::await_ready()
{
    answers_.assign(ranges_.size(), block{});
    for (std::size_t i = 0; i < ranges_.size(); ++i)
        if (!file_->try_now({ranges_[i], what_}, answers_[i]))
            late_.push_back(i);
    unanswered_ = late_.size();
    return late_.empty();
}

void reader::read_many_operation::await_suspend(std::coroutine_handle<> waiter)
{
    for (auto const i : late_)
        file_->waiting_.push_back({{ranges_[i], what_}, &answers_[i], &unanswered_, waiter});
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
