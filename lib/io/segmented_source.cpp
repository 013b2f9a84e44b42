#include <lindi/io/segmented_source.hpp>

#include <algorithm>
#include <set>

namespace lindi::io {
namespace {

/// The part of a range that lies in a segment, as a range of the segment's file.
byte_range part_of(segment const& s, byte_range range)
{
    auto const begin = std::max(range.offset, s.begin);
    auto const end = std::min(range.end(), s.begin + s.size);
    return {s.offset + (begin - s.begin), end - begin};
}

result<block> read_part(source& from, byte_range range)
{
    if (auto here = from.resident(range))
        return std::move(*here);
    result<block> answer = error(errc::io, range.offset, "file", "it did not answer at once");
    from.fetch({range}, [&](answers got) {
        check_answers({range}, got);
        answer = std::move(got[0]);
    });
    return answer;
}

}  // namespace

segmented_source::segmented_source(std::string name, std::vector<segment> segments)
    : name_(std::move(name)), segments_(std::move(segments))
{}

std::uint64_t segmented_source::size() const noexcept
{
    return segments_.empty() ? 0 : segments_.back().begin + segments_.back().size;
}

std::uint64_t segmented_source::stored_size() const noexcept
{
    std::uint64_t total = 0;
    for (auto const& s : segments_)
        total += s.from ? s.size : 0;
    return total;
}

segmented_source::iterator segmented_source::find(std::uint64_t offset) const noexcept
{
    return std::partition_point(segments_.begin(), segments_.end(), [&](segment const& s) {
        return s.begin + s.size <= offset;
    });
}

std::uint64_t segmented_source::end_of(std::uint64_t offset) const noexcept
{
    for (auto s = find(offset); s != segments_.end() && s->begin <= offset; ++s)
        offset = s->begin + s->size;
    return offset;
}

std::optional<block> segmented_source::resident(byte_range range)
{
    auto const s = find(range.offset);
    if (range.size == 0 || s == segments_.end() || !s->from || s->begin > range.offset ||
        s->begin + s->size < range.end())
        return std::nullopt;
    auto here = s->from->resident(part_of(*s, range));
    if (here)
        here->view.at = range.offset;
    return here;
}

void segmented_source::fetch(std::vector<byte_range> wave, on_answers done)
{
    answers out;
    out.reserve(wave.size());
    for (auto const range : wave)
        out.push_back(read(range));
    done(std::move(out));
}

result<block> segmented_source::read(byte_range range) const
{
    auto const size = static_cast<std::size_t>(range.size);
    auto const buffer = std::make_shared<std::byte[]>(size);
    for (auto s = find(range.offset); s != segments_.end() && s->begin < range.end(); ++s) {
        if (!s->from)
            continue;
        auto const wanted = part_of(*s, range);
        auto const part = read_part(*s->from, wanted);
        if (!part)
            return part.error().within(s->from->name());
        auto const at = s->begin + (wanted.offset - s->offset) - range.offset;
        std::ranges::copy(part->view.bytes, buffer.get() + at);
    }
    return block{buffer, {{buffer.get(), size}, range.offset}};
}

source_stats segmented_source::stats() const noexcept
{
    source_stats total;
    std::set<source const*> counted;
    for (auto const& s : segments_) {
        if (!s.from || !counted.insert(s.from.get()).second)
            continue;
        auto const one = s.from->stats();
        total.requests += one.requests;
        total.bytes_fetched += one.bytes_fetched;
    }
    return total;
}

}  // namespace lindi::io
