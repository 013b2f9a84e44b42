#include <lindi/bulk/plan.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <unordered_set>

namespace lindi::bulk {
namespace {

error stopped()
{
    return {errc::cancelled, error::nowhere, "listing"};
}

class listing {
public:
    listing(
        journal& into,
        shard of,
        stop_wish const& stop,
        std::function<void(std::uint64_t)> const& on_progress
    )
        : into_(&into), shard_(of), stop_(&stop), on_progress_(&on_progress)
    {
        auto const last = into.fact("listing");
        number_ = last ? std::stoull("0" + *last) + 1 : 1;
    }

    result<void> begin()
    {
        return into_->change([this](journal::changes& to) {
            to.put_fact("listing", std::to_string(number_));
        });
    }

    /// Lists parts until there are none. Run by several threads.
    void work(std::vector<dandi::source_part> const& parts)
    {
        for (auto i = next_part_++; i < parts.size() && !(*stop_)(); i = next_part_++)
            list(parts[i]);
    }

    result<listing_report> finish();

private:
    using batch = std::vector<dandi::asset>;

    void list(dandi::source_part const& part);
    result<void> keep(std::string const& part, batch& assets);

    journal* into_;
    shard shard_;
    stop_wish const* stop_;
    std::function<void(std::uint64_t)> const* on_progress_;
    std::uint64_t number_ = 1;
    std::atomic<std::size_t> next_part_ = 0;
    std::atomic<std::uint64_t> next_asset_ = 0;
    std::mutex guard_;
    listing_report report_;
    std::unordered_set<std::string> complete_;  ///< parts
};

void listing::list(dandi::source_part const& part)
{
    constexpr std::size_t batch_size = 500;
    batch waiting;
    auto done = part.list([&](dandi::asset one) -> result<void> {
        if ((*stop_)())
            return stopped();
        if (!shard_.has(blob_key_of(one)))
            return {};
        waiting.push_back(std::move(one));
        return waiting.size() < batch_size ? result<void>() : keep(part.name, waiting);
    });
    auto const kept = keep(part.name, waiting);
    std::lock_guard const lock(guard_);
    if (done && kept)
        complete_.insert(part.name);
    else if (!(*stop_)())
        report_.problems.push_back(done ? kept.error() : done.error());
}

result<void> listing::keep(std::string const& part, batch& assets)
{
    auto done = into_->change([&](journal::changes& to) {
        for (auto& one : assets) {
            auto const key = key_of(one);
            auto record = to.asset(key).value_or(asset_record{});
            record.is = std::move(one);
            record.part = part;
            record.number = next_asset_++;
            record.listed = number_;
            record.gone = false;
            to.put(key, record);
        }
    });
    std::lock_guard const lock(guard_);
    report_.assets += assets.size();
    assets.clear();
    (*on_progress_)(report_.assets);
    return done;
}

/// Notes which assets are not there any more: of parts that were listed to their end.
result<listing_report> listing::finish()
{
    if ((*stop_)())
        return stopped();
    std::vector<std::string> gone;
    into_->each_asset([&](std::string const& key, asset_record record) {
        if (!record.gone && record.listed < number_ && complete_.contains(record.part))
            gone.push_back(key);
    });
    report_.gone = gone.size();
    auto const noted = into_->change([&](journal::changes& to) {
        for (auto const& key : gone) {
            auto record = to.asset(key).value_or(asset_record{});
            record.gone = true;
            to.put(key, record);
        }
    });
    if (!noted)
        return noted.error();
    return std::move(report_);
}

}  // namespace

result<listing_report> take_listing(
    journal& into,
    dandi::asset_source& from,
    shard of,
    unsigned threads,
    stop_wish const& stop,
    std::function<void(std::uint64_t assets)> const& on_progress
)
{
    auto const parts = from.parts();
    if (!parts)
        return parts.error();
    listing all(into, of, stop, on_progress);
    if (auto const begun = all.begin(); !begun)
        return begun.error();
    std::vector<std::jthread> workers;
    auto const wanted = std::min<std::size_t>(threads, parts->size());
    for (std::size_t i = 0; i < wanted; ++i)
        workers.emplace_back([&] { all.work(*parts); });
    workers.clear();
    return all.finish();
}

}  // namespace lindi::bulk
