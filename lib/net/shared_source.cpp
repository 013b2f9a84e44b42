#include "shared_source.hpp"

namespace lindi::net {

using io::byte_range;

shared_source::shared_source(
    std::shared_ptr<client_thread> keep,
    client_thread::state& over,
    std::unique_ptr<http_source> opened,
    time_point until
)
    : keep_(std::move(keep)), over_(&over), box_(std::make_shared<mailbox>()),
      name_(opened->name()), size_(opened->size()), seen_(observe(*opened)), until_(until)
{
    first_ = opened->resident({0, opened->stats().bytes_fetched});
    box_->source = std::move(opened);
    ++over_->open_files;
}

shared_source::~shared_source()
{
    --over_->open_files;
    over_->post([box = std::move(box_)] { box->source.reset(); });
}

shared_source::observed shared_source::observe(http_source const& from)
{
    return {from.stats(), from.cost()};
}

std::optional<block> shared_source::resident(byte_range range)
{
    if (!first_ || range.end() > first_->view.size())
        return std::nullopt;
    auto const skip = static_cast<std::size_t>(range.offset);
    return block{first_->owner, first_->view.sub(skip, static_cast<std::size_t>(range.size))};
}

void shared_source::fetch(std::vector<byte_range> ranges, io::on_answers done)
{
    auto const number = next_++;
    waiting_.emplace(number, waiting_wave{ranges, std::move(done)});
    over_->post([box = box_, number, asked = std::move(ranges)]() mutable {
        auto const deliver = [box, number](io::answers got) {
            std::lock_guard const lock(box->guard);
            box->answers.emplace_back(number, std::move(got));
            box->seen = observe(*box->source);
            box->arrived.notify_one();
        };
        box->source->fetch(std::move(asked), deliver);
    });
}

void shared_source::wait()
{
    if (waiting_.empty())
        return;
    decltype(box_->answers) arrived;
    {
        std::unique_lock lock(box_->guard);
        auto const is_here = [this] { return !box_->answers.empty(); };
        if (until_ == time_point::max())
            box_->arrived.wait(lock, is_here);
        else
            box_->arrived.wait_until(lock, until_, is_here);
        arrived.swap(box_->answers);
        seen_ = box_->seen;
    }
    if (arrived.empty())
        return give_up();
    for (auto& [number, answers] : arrived) {
        auto wave = waiting_.extract(number);
        if (!wave.empty())
            wave.mapped().done(std::move(answers));
    }
}

/// Answers what was not answered in time; what comes later finds nobody.
void shared_source::give_up()
{
    auto late = std::move(waiting_);
    waiting_.clear();
    for (auto& [number, wave] : late) {
        io::answers out;
        for (auto const& range : wave.ranges)
            out.push_back(error(
                std::make_error_code(std::errc::timed_out), range.offset, "file", "limit on time"
            ));
        wave.done(std::move(out));
    }
}

}  // namespace lindi::net
