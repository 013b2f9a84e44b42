#include <lindi/io/joined_source.hpp>

#include <algorithm>
#include <cstring>
#include <set>

namespace lindi::io {
namespace {

/// Bytes of one file; what lies behind its end is left out.
result<block> read_part(source& from, byte_range range)
{
    auto const size = from.size();
    if (range.offset >= size)
        return block{nullptr, {{}, range.offset}};
    range.size = std::min(range.size, size - range.offset);
    if (auto here = from.resident(range))
        return std::move(*here);
    result<block> answer = error(errc::io, range.offset, "file", "it did not answer at once");
    from.fetch({range}, [&answer](answers got) { answer = std::move(got[0]); });
    return answer;
}

}  // namespace

joined_source::joined_source(std::string name, std::vector<segment> segments, std::uint64_t size)
    : name_(std::move(name)), segments_(std::move(segments)), size_(size)
{
}

void joined_source::fetch(std::vector<byte_range> wave, on_answers done)
{
    answers out;
    out.reserve(wave.size());
    for (auto const range : wave)
        out.push_back(read(range));
    done(std::move(out));
}

result<block> joined_source::read(byte_range range)
{
    auto const size = static_cast<std::size_t>(range.size);
    auto const buffer = std::make_shared<std::byte[]>(size);
    for (auto const& s : segments_) {
        auto const begin = std::max(range.offset, s.begin);
        auto const end = std::min(range.end(), s.begin + s.size);
        if (begin >= end || !s.from)
            continue;
        auto const part = read_part(*s.from, {s.offset + (begin - s.begin), end - begin});
        if (!part)
            return part.error().within(s.from->name());
        std::memcpy(
            buffer.get() + (begin - range.offset), part->view.bytes.data(), part->view.size()
        );
    }
    return block{buffer, {{buffer.get(), size}, range.offset}};
}

source_stats joined_source::stats() const noexcept
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
