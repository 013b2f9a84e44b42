#include <lindi/io/page_source.hpp>

#include <algorithm>
#include <cstring>

namespace lindi::io {

page_source::page_source(std::unique_ptr<source> below, page_options options)
    : below_(std::move(below)), options_(options)
{}

std::span<std::byte const> page_source::page(std::uint64_t number) const
{
    auto const& run = *pages_.at(number);
    auto const skip = (number - run.pages.first) * options_.page_size;
    return run.bytes.view
        .sub(static_cast<std::size_t>(skip), static_cast<std::size_t>(options_.page_size))
        .bytes;
}

/// Whether a page is here, taken over from the source below where that has it at hand.
bool page_source::has(std::uint64_t number)
{
    if (pages_.contains(number))
        return true;
    page_run const alone{number, number};
    auto const below = below_->resident(bytes_of(alone));
    if (below)
        remember(alone, *below);
    return below.has_value();
}

std::optional<block> page_source::resident(byte_range range)
{
    if (range.size == 0)
        return block{nullptr, {{}, range.offset}};
    if (range.size >= options_.direct)
        return std::nullopt;
    auto const page_size = options_.page_size;
    auto const first = range.offset / page_size;
    auto const last = (range.end() - 1) / page_size;
    for (auto n = first; n <= last; ++n) {
        if (!has(n))
            return below_->resident(range);
        runs_.splice(runs_.begin(), runs_, pages_.at(n));
    }
    auto const skip = static_cast<std::size_t>(range.offset - first * page_size);
    auto const size = static_cast<std::size_t>(range.size);
    auto const& run = *pages_.at(first);
    if (last <= run.pages.last)
        return block{run.bytes.owner, {{page(first).data() + skip, size}, range.offset}};

    auto const copy = std::make_shared_for_overwrite<std::byte[]>(size);
    std::size_t have = 0;
    for (auto n = first; n <= last; ++n) {
        auto const bytes = page(n).subspan(n == first ? skip : 0);
        auto const count = std::min(bytes.size(), size - have);
        std::memcpy(copy.get() + have, bytes.data(), count);
        have += count;
    }
    return block{copy, {{copy.get(), size}, range.offset}};
}

void page_source::fetch(std::vector<byte_range> wave, on_answers done)
{
    auto runs = missing_runs(wave);
    std::vector<byte_range> below;
    below.reserve(runs.size());
    for (auto const run : runs)
        below.push_back(bytes_of(run));
    for (auto const range : wave)
        if (range.size >= options_.direct)
            below.push_back(range);

    auto finish = [this,
                   runs = std::move(runs),
                   behind = runs_behind(wave),
                   below,
                   asked = std::move(wave),
                   done = std::move(done)](answers fetched) {
        check_answers(below, fetched);
        keep_again(behind);
        for (std::size_t i = 0; i < runs.size(); ++i)
            if (fetched[i])
                remember(runs[i], *fetched[i]);
        answers out;
        out.reserve(asked.size());
        std::size_t direct = runs.size();
        for (auto const range : asked)
            out.push_back(
                range.size >= options_.direct ? fetched[direct++] : answer(range, runs, fetched)
            );
        evict();
        done(std::move(out));
    };
    below_->fetch(std::move(below), std::move(finish));
}

/// For each range of which a page is missing: the pages from the first missing one on, sorted.
std::vector<page_source::page_run> page_source::wanted_runs(std::vector<byte_range> const& wave)
{
    auto const page_size = options_.page_size;
    std::vector<page_run> wanted;
    for (auto const range : wave) {
        if (range.size == 0 || range.size >= options_.direct)
            continue;
        auto first = range.offset / page_size;
        auto const last = (range.end() - 1) / page_size;
        while (first <= last && has(first))
            ++first;
        if (first <= last)
            wanted.push_back({first, last});
    }
    std::sort(wanted.begin(), wanted.end(), [](page_run a, page_run b) {
        return a.first < b.first;
    });
    return wanted;
}

/// The runs of pages to read for a wave, sorted and apart from each other.
std::vector<page_source::page_run> page_source::missing_runs(std::vector<byte_range> const& wave)
{
    auto const wanted = wanted_runs(wave);
    auto const worth = options_.whole_file_round_trips * below_->cost().round_trip;
    if (wanted.empty() || was_whole_ || size() > std::min(worth, options_.capacity))
        return merged_runs(wanted);
    was_whole_ = true;
    return rest_of_file();
}

/// From the first page that is missing to the last one, no run longer than a direct read.
std::vector<page_source::page_run> page_source::rest_of_file()
{
    auto const last_page = (size() - 1) / options_.page_size;
    std::uint64_t first = 0;
    while (first <= last_page && has(first))
        ++first;
    auto const longest = std::max<std::uint64_t>(options_.direct / options_.page_size, 1);
    std::vector<page_run> runs;
    for (; first <= last_page; first += longest)
        runs.push_back({first, std::min(first + longest - 1, last_page)});
    return runs;
}

/// Runs of pages made long enough, with small gaps closed.
std::vector<page_source::page_run> page_source::merged_runs(std::vector<page_run> const& wanted
) const
{
    auto const pages_in = [this](std::uint64_t bytes) { return bytes / options_.page_size; };
    auto const share = options_.capacity / std::max<std::uint64_t>(wanted.size(), 1);
    auto const ahead =
        std::max<std::uint64_t>(pages_in(std::min(options_.read_ahead, share)), 1) - 1;
    auto const gap = pages_in(options_.merge_gap.value_or(below_->cost().request));
    auto const longest = std::max<std::uint64_t>(pages_in(options_.direct), 1);
    auto const last_page = size() == 0 ? 0 : (size() - 1) / options_.page_size;

    std::vector<page_run> runs;
    for (auto run : wanted) {
        run.last = std::min(std::max(run.last, run.first + ahead), last_page);
        if (!runs.empty()) {
            auto& before = runs.back();
            auto const joined = std::max(before.last, run.last);
            bool const near = run.first <= before.last + 1 + gap;
            if (joined == before.last || (near && joined - before.first < longest)) {
                before.last = joined;
                continue;
            }
            run.first = std::max(run.first, before.last + 1);
        }
        runs.push_back(run);
    }
    return runs;
}

byte_range page_source::bytes_of(page_run run) const noexcept
{
    auto const offset = run.first * options_.page_size;
    auto const end = std::min((run.last + 1) * options_.page_size, size());
    return {offset, end - offset};
}

void page_source::remember(page_run run, block bytes)
{
    kept_ += bytes.view.size();
    runs_.push_front({std::move(bytes), run});
    for (auto n = run.first; n <= run.last; ++n)
        pages_.insert_or_assign(n, runs_.begin());
}

/// What is here of ranges of which a part is missing: other waves may end before this one, and let
/// it go.
std::vector<page_source::kept_run> page_source::runs_behind(std::vector<byte_range> const& wave
) const
{
    std::vector<kept_run> out;
    for (auto const range : wave) {
        if (range.size == 0 || range.size >= options_.direct)
            continue;
        auto const last = (range.end() - 1) / options_.page_size;
        for (auto n = range.offset / options_.page_size; n <= last;) {
            auto const found = pages_.find(n);
            if (found == pages_.end()) {
                ++n;
                continue;
            }
            out.push_back(*found->second);
            n = found->second->pages.last + 1;
        }
    }
    return out;
}

void page_source::keep_again(std::vector<kept_run> const& runs)
{
    for (auto const& run : runs) {
        bool whole = true;
        for (auto n = run.pages.first; n <= run.pages.last; ++n)
            whole = whole && pages_.contains(n);
        if (!whole)
            remember(run.pages, run.bytes);
    }
}

/// Lets go of the runs used least recently; one may stay, however long.
void page_source::evict()
{
    while (kept_ > options_.capacity && runs_.size() > 1) {
        auto const oldest = std::prev(runs_.end());
        for (auto n = oldest->pages.first; n <= oldest->pages.last; ++n)
            if (auto const found = pages_.find(n); found != pages_.end() && found->second == oldest)
                pages_.erase(found);
        kept_ -= oldest->bytes.view.size();
        runs_.erase(oldest);
    }
}

/// The bytes of a range, or why one of the runs it needs did not come.
result<block>
page_source::answer(byte_range range, std::vector<page_run> const& runs, answers const& fetched)
{
    if (auto here = resident(range))
        return std::move(*here);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        auto const run = bytes_of(runs[i]);
        if (!fetched[i] && run.offset < range.end() && range.offset < run.end())
            return fetched[i].error();
    }
    return error(errc::io, range.offset, "file", "a page went while others were read");
}

}  // namespace lindi::io
