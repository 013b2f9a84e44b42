#include <lindi/cache/cached_source.hpp>
#include <lindi/io/plan_requests.hpp>

namespace lindi::cache {
namespace {

error not_cached(io::byte_range range)
{
    return {
        errc::not_found,
        range.offset,
        "cache",
        "these bytes are not in it, and it is all that may be read"};
}

block part_of(block const& whole, io::byte_range range)
{
    auto const skip = static_cast<std::size_t>(range.offset - whole.view.at);
    return {whole.owner, whole.view.sub(skip, static_cast<std::size_t>(range.size))};
}

}  // namespace

cached_source::cached_source(
    std::unique_ptr<io::source> below,
    std::shared_ptr<store> in,
    content_key content,
    std::string name,
    std::uint64_t size
)
    : below_(std::move(below)), store_(std::move(in)), content_(std::move(content)),
      name_(std::move(name)), size_(size)
{
    store_->touch(content_);
}

std::optional<block> cached_source::resident(io::byte_range range)
{
    return below_ ? below_->resident(range) : std::nullopt;
}

void cached_source::fetch(std::vector<io::byte_range> wave, io::on_answers done)
{
    io::answers have(wave.size(), block{});
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < wave.size(); ++i) {
        auto const range = wave[i];
        if (range.size == 0) {
            have[i] = block{nullptr, {{}, range.offset}};
        } else if (auto found = store_->find(content_, range)) {
            have[i] = std::move(*found);
            ++cached_.hits;
        } else {
            have[i] = not_cached(range);
            missing.push_back(i);
            ++cached_.misses;
        }
    }
    if (missing.empty() || !below_)
        return done(std::move(have));
    fetch_missing(std::move(wave), std::move(missing), std::move(have), std::move(done));
}

void cached_source::fetch_missing(
    std::vector<io::byte_range> wave,
    std::vector<std::size_t> missing,
    io::answers have,
    io::on_answers done
)
{
    std::vector<io::byte_range> wanted;
    wanted.reserve(missing.size());
    for (auto const i : missing)
        wanted.push_back(wave[i]);
    io::plan_options options;
    options.merge_gap = below_->cost().request;
    options.part = ~std::uint64_t{0};
    auto plan = io::plan_requests(wanted, options);
    auto runs = plan.parts;
    auto finish = [this,
                   plan = std::move(plan),
                   wave = std::move(wave),
                   missing = std::move(missing),
                   have = std::move(have),
                   done = std::move(done)](io::answers const& got) mutable {
        std::vector<block> fetched;
        for (auto const& run : got)
            if (run)
                fetched.push_back(*run);
        if (!fetched.empty())
            store_->keep(content_, fetched);
        for (std::size_t m = 0; m < missing.size(); ++m) {
            auto const& run = got[plan.run_of_range[m]];
            auto const i = missing[m];
            if (run)
                have[i] = part_of(*run, wave[i]);
            else
                have[i] = run.error();
        }
        done(std::move(have));
    };
    below_->fetch(std::move(runs), std::move(finish));
}

void cached_source::wait()
{
    if (below_)
        below_->wait();
}

io::source_stats cached_source::stats() const noexcept
{
    return below_ ? below_->stats() : io::source_stats{};
}

}  // namespace lindi::cache
