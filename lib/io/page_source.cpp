#include <lindi/io/page_source.hpp>

#include <algorithm>
#include <cstring>

namespace lindi::io {
namespace {

bool holds(block const& b, byte_range range)
{
    return b.view.at <= range.offset && range.end() <= b.view.at + b.view.size();
}

block part_of(block const& b, byte_range range)
{
    return {
        b.owner,
        b.view.sub(
            static_cast<std::size_t>(range.offset - b.view.at), static_cast<std::size_t>(range.size)
        )
    };
}

}  // namespace

page_source::page_source(std::unique_ptr<source> below, page_options options)
    : below_(std::move(below)), options_(options)
{
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
    bool joined = true;
    std::byte const* next = nullptr;
    for (auto n = first; n <= last; ++n) {
        auto const found = pages_.find(n);
        if (found == pages_.end())
            return below_->resident(range);
        auto& p = found->second;
        uses_.splice(uses_.begin(), uses_, p.use);
        joined = joined && (next == nullptr || next == p.bytes.data());
        next = p.bytes.data() + p.bytes.size();
    }
    auto const& head = pages_.at(first);
    auto const skip = static_cast<std::size_t>(range.offset - first * page_size);
    auto const size = static_cast<std::size_t>(range.size);
    if (joined)
        return block{head.owner, {{head.bytes.data() + skip, size}, range.offset}};

    auto const copy = std::make_shared_for_overwrite<std::byte[]>(size);
    std::size_t have = 0;
    for (auto n = first; n <= last; ++n) {
        auto const bytes = pages_.at(n).bytes.subspan(n == first ? skip : 0);
        auto const count = std::min(bytes.size(), size - have);
        std::memcpy(copy.get() + have, bytes.data(), count);
        have += count;
    }
    return block{copy, {{copy.get(), size}, range.offset}};
}

void page_source::fetch(std::vector<byte_range> wave, on_answers done)
{
    auto const runs = missing_runs(wave);
    std::vector<byte_range> below;
    below.reserve(runs.size());
    for (auto const run : runs)
        below.push_back(bytes_of(run));
    std::size_t const run_count = below.size();
    for (auto const range : wave)
        if (range.size >= options_.direct)
            below.push_back(range);

    auto finish = [this, run_count, asked = std::move(wave), done = std::move(done)](answers fetched) {
        answers out;
        out.reserve(asked.size());
        std::size_t direct = run_count;
        for (std::size_t i = 0; i < run_count; ++i)
            if (fetched[i])
                remember(*fetched[i]);
        for (auto const range : asked) {
            if (range.size >= options_.direct)
                out.push_back(fetched[direct++]);
            else if (auto here = resident(range))
                out.emplace_back(std::move(*here));
            else
                out.push_back(answer(range, fetched));
        }
        evict();
        done(std::move(out));
    };
    below_->fetch(std::move(below), std::move(finish));
}

/// The runs of pages to read for a wave, sorted, with small gaps between them closed.
std::vector<page_source::page_run>
page_source::missing_runs(std::vector<byte_range> const& wave) const
{
    auto const page_size = options_.page_size;
    auto const last_page = size() == 0 ? 0 : (size() - 1) / page_size;
    std::vector<page_run> wanted;
    for (auto const range : wave) {
        if (range.size == 0 || range.size >= options_.direct)
            continue;
        auto const last = (range.end() - 1) / page_size;
        for (auto n = range.offset / page_size; n <= last; ++n) {
            if (pages_.contains(n))
                continue;
            auto const ahead = std::max<std::uint64_t>(options_.read_ahead / page_size, 1) - 1;
            wanted.push_back({n, std::min(std::max(last, n + ahead), last_page)});
            break;
        }
    }
    std::sort(wanted.begin(), wanted.end(), [](page_run a, page_run b) { return a.first < b.first; });

    std::vector<page_run> runs;
    auto const gap = options_.merge_gap.value_or(below_->cost().request) / page_size;
    for (auto const run : wanted) {
        if (!runs.empty() && run.first <= runs.back().last + 1 + gap)
            runs.back().last = std::max(runs.back().last, run.last);
        else
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

void page_source::remember(block const& run)
{
    for (std::size_t skip = 0; skip < run.view.size(); skip += options_.page_size) {
        auto const number = (run.view.at + skip) / options_.page_size;
        auto const bytes = run.view.sub(skip, options_.page_size).bytes;
        auto const found = pages_.find(number);
        if (found != pages_.end()) {
            found->second.owner = run.owner;
            found->second.bytes = bytes;
            continue;
        }
        uses_.push_front(number);
        pages_.emplace(number, page{run.owner, bytes, uses_.begin()});
    }
}

void page_source::evict()
{
    auto const keep = std::max<std::uint64_t>(options_.capacity / options_.page_size, 1);
    while (pages_.size() > keep) {
        pages_.erase(uses_.back());
        uses_.pop_back();
    }
}

/// For a range whose pages did not all arrive: the error of the run it lies in.
result<block> page_source::answer(byte_range range, answers const& fetched) const
{
    for (auto const& run : fetched) {
        if (!run)
            return run.error();
        if (holds(*run, range))
            return part_of(*run, range);
    }
    return error(errc::io, range.offset, "file", "a page is missing after it was read");
}

}  // namespace lindi::io
