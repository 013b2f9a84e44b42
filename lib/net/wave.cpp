#include "wave.hpp"

#include <algorithm>

namespace lindi::net {

using io::byte_range;

namespace {

/// Why ranges of more than `largest` bytes are not asked for; they are empty from then on.
std::vector<std::optional<error>>
refuse_large(std::vector<byte_range>& wanted, std::uint64_t largest)
{
    std::vector<std::optional<error>> out(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i].size <= largest)
            continue;
        auto const limit = "limit on one read, " + std::to_string(largest);
        out[i] = error(errc::too_large, wanted[i].offset, "file", limit);
        wanted[i].size = 0;
    }
    return out;
}

}  // namespace

wave::wave(
    std::vector<byte_range> asked,
    io::on_answers done,
    std::uint64_t largest_range,
    io::plan_options const& options
)
    : asked_(std::move(asked)), done_(std::move(done))
{
    auto wanted = asked_;
    refused_ = refuse_large(wanted, largest_range);
    plan_ = io::plan_requests(wanted, options);
    buffers_.resize(plan_.runs.size());
    failed_.resize(plan_.parts.size());
    parts_left_ = plan_.parts.size();
}

std::optional<std::size_t> wave::take_part()
{
    return next_part_ < plan_.parts.size() ? std::optional(next_part_++) : std::nullopt;
}

std::size_t wave::run_of_part(std::size_t part) const
{
    auto const after = std::upper_bound(
        plan_.runs.begin(),
        plan_.runs.end(),
        part,
        [](std::size_t p, io::planned_run const& run) { return p < run.first_part; }
    );
    return static_cast<std::size_t>(after - plan_.runs.begin()) - 1;
}

result<std::span<std::byte>>
wave::place_for(std::size_t part, net::identity const& expected, answer_head const& head)
{
    auto const range = plan_.parts[part];
    auto const checked = check_answer(head.claim(), range, expected.size);
    if (!checked)
        return checked.error();
    auto seen = head.identity;
    seen.size = expected.size;
    if (auto const changed = difference(expected, seen); !changed.empty())
        return error(errc::io, range.offset, "file", "it changed while it was read: " + changed);
    auto const i = run_of_part(part);
    auto const& run = plan_.runs[i].bytes;
    if (!buffers_[i])
        buffers_[i] =
            std::make_shared_for_overwrite<std::byte[]>(static_cast<std::size_t>(run.size));
    auto* const start = buffers_[i].get() + (range.offset - run.offset);
    return std::span<std::byte>(start, static_cast<std::size_t>(range.size));
}

bool wave::finish_part(std::size_t part, std::optional<error> failed)
{
    failed_[part] = std::move(failed);
    return --parts_left_ == 0;
}

result<block> wave::answer_for(std::size_t i) const
{
    auto const range = asked_[i];
    if (refused_[i])
        return *refused_[i];
    if (range.size == 0)
        return block{nullptr, {{}, range.offset}};
    auto const r = plan_.run_of_range[i];
    auto const& run = plan_.runs[r];
    for (auto p = run.first_part; p < run.first_part + run.part_count; ++p) {
        auto const part = plan_.parts[p];
        bool const overlaps = part.offset < range.end() && range.offset < part.end();
        if (overlaps && failed_[p])
            return *failed_[p];
    }
    auto const skip = static_cast<std::size_t>(range.offset - run.bytes.offset);
    auto const* const start = buffers_[r].get() + skip;
    return block{buffers_[r], {{start, static_cast<std::size_t>(range.size)}, range.offset}};
}

void wave::deliver() const
{
    io::answers out;
    out.reserve(asked_.size());
    for (std::size_t i = 0; i < asked_.size(); ++i)
        out.push_back(answer_for(i));
    done_(std::move(out));
}

}  // namespace lindi::net
