#include "read_log.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace lindi::tools {
namespace {

std::string listed(std::map<std::string_view, std::size_t> const& counts)
{
    std::string out;
    for (auto const& [name, count] : counts) {
        out.append(out.empty() ? "" : ", ").append(name);
        if (count > 1)
            out.append(" x").append(std::to_string(count));
    }
    return out;
}

}  // namespace

void read_log::on_wave(std::vector<io::wanted_range> const& wanted)
{
    auto& out = waves_.emplace_back();
    out.start = clock::now();
    out.wanted = wanted;
    std::sort(out.wanted.begin(), out.wanted.end(), [](auto const& a, auto const& b) {
        return a.range.offset < b.range.offset;
    });
    for (auto const& one : wanted)
        out.largest = std::max(out.largest, one.range.size);
}

void read_log::on_request(net::request_seen const& request)
{
    requests_.push_back(request);
    if (request.bytes != 0)
        fetched_.add({request.range.offset, request.bytes});
}

std::size_t read_log::wave_of(net::request_seen const& request) const
{
    auto const after = std::upper_bound(
        waves_.begin(),
        waves_.end(),
        request.wanted,
        [](clock::time_point time, wave const& w) { return time < w.start; }
    );
    return static_cast<std::size_t>(after - waves_.begin());
}

std::string read_log::purpose_of(net::request_seen const& request) const
{
    auto const number = wave_of(request);
    if (is_redirect(request))
        return "redirect";
    if (number == 0)
        return "first bytes";
    auto const& [start, wanted, largest] = waves_[number - 1];
    auto const range = request.range;
    auto const earliest = range.offset - std::min(range.offset, largest);
    auto const first = std::lower_bound(
        wanted.begin(),
        wanted.end(),
        earliest,
        [](io::wanted_range const& one, std::uint64_t offset) { return one.range.offset < offset; }
    );
    std::map<std::string_view, std::size_t> counts;
    for (auto one = first; one != wanted.end() && one->range.offset < range.end(); ++one)
        if (one->range.end() > range.offset)
            ++counts[*one->what == '\0' ? "bytes" : one->what];
    return counts.empty() ? "read ahead" : listed(counts);
}

}  // namespace lindi::tools
