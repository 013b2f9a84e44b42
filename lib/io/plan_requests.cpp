#include <lindi/core/checked.hpp>
#include <lindi/io/plan_requests.hpp>

#include <algorithm>
#include <numeric>

namespace lindi::io {
namespace {

/// Indices of the ranges that hold bytes, by their offset.
std::vector<std::size_t> in_order(std::span<byte_range const> wave)
{
    std::vector<std::size_t> order(wave.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [&](std::size_t i) { return wave[i].size == 0; });
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return wave[a].offset != wave[b].offset ? wave[a].offset < wave[b].offset : a < b;
    });
    return order;
}

bool joins(byte_range run, byte_range next, plan_options const& options)
{
    if (next.offset < run.end())
        return true;  // overlapping: the same bytes are never asked for twice
    if (next.offset - run.end() > options.merge_gap)
        return false;
    return next.end() - run.offset <= options.longest_run;
}

void cut_into_parts(planned_run& run, std::vector<byte_range>& parts, std::uint64_t part)
{
    auto const count =
        std::max<std::uint64_t>(divide_up(run.bytes.size, std::max<std::uint64_t>(part, 1)), 1);
    auto const even = divide_up(run.bytes.size, count);
    run.first_part = parts.size();
    for (auto at = run.bytes.offset; at < run.bytes.end();) {
        auto const size = std::min(even, run.bytes.end() - at);
        parts.push_back({at, size});
        at += size;
    }
    run.part_count = parts.size() - run.first_part;
}

}  // namespace

request_plan plan_requests(std::span<byte_range const> wave, plan_options const& options)
{
    request_plan plan;
    plan.run_of_range.resize(wave.size());
    for (auto const i : in_order(wave)) {
        auto const range = wave[i];
        if (!plan.runs.empty() && joins(plan.runs.back().bytes, range, options)) {
            auto& run = plan.runs.back().bytes;
            run.size = std::max(run.end(), range.end()) - run.offset;
        } else {
            plan.runs.push_back({range});
        }
        plan.run_of_range[i] = plan.runs.size() - 1;
    }
    for (auto& run : plan.runs)
        cut_into_parts(run, plan.parts, options.part);
    return plan;
}

}  // namespace lindi::io
