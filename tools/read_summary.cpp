#include "read_summary.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace lindi::tools {
namespace {

std::string seconds_text(double seconds)
{
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%.6f", seconds);
    return out.data();
}

double seconds(read_log::clock::duration time)
{
    return std::chrono::duration<double>(time).count();
}

std::vector<std::pair<std::string, double>> lengths_of(std::vector<read_log::phase> const& phases)
{
    std::vector<std::pair<std::string, double>> out;
    auto end = read_log::clock::now();
    for (auto phase = phases.rbegin(); phase != phases.rend(); ++phase) {
        out.emplace_back(phase->name, seconds(end - phase->start));
        end = phase->start;
    }
    std::reverse(out.begin(), out.end());
    return out;
}

void add_transport(read_summary& out, open_file& from, read_log const& log)
{
    auto const below = from.reader().stats().source;
    out.requests = below.requests;
    out.bytes_fetched = below.bytes_fetched;
    auto needed = out.bytes_used;
    if (from.client() != nullptr) {
        out.requests = log.requests().size();
        out.bytes_fetched = 0;
        for (auto const& request : log.requests()) {
            out.bytes_fetched += request.bytes;
            out.redirects += is_redirect(request) ? 1 : 0;
            out.failed += request.failed.empty() ? 0 : 1;
        }
        needed = log.fetched().size_common_with(log.read());
    }
    out.bytes_wasted = out.bytes_fetched - std::min(out.bytes_fetched, needed);
    if (auto const* const cached = from.cached()) {
        out.cache_hits = cached->cache_stats().hits;
        out.cache_misses = cached->cache_stats().misses;
    }
}

}  // namespace

read_summary summarize(open_file& from, read_log const& log)
{
    read_summary out;
    auto const read = from.reader().stats();
    out.waves = read.waves;
    out.reads = read.reads;
    out.reads_at_once = read.resident;
    out.waiting = std::chrono::duration<double>(read.waited).count();
    out.file_size = from.reader().size();
    out.bytes_used = log.read().size();
    out.phases = lengths_of(log.phases());
    add_transport(out, from, log);
    return out;
}

void write_json(read_summary const& s, json_writer& to)
{
    to.member("waves", s.waves);
    to.member("reads", s.reads);
    to.member("reads_at_once", s.reads_at_once);
    to.member("requests", s.requests);
    to.member("redirects", s.redirects);
    to.member("failed", s.failed);
    to.member("bytes_fetched", s.bytes_fetched);
    to.member("bytes_used", s.bytes_used);
    to.member("bytes_wasted", s.bytes_wasted);
    to.member("cache_hits", s.cache_hits);
    to.member("cache_misses", s.cache_misses);
    to.member("file_size", s.file_size);
    to.key("seconds");
    to.begin_object();
    for (auto const& [name, length] : s.phases) {
        to.key(name);
        to.text(seconds_text(length));
    }
    to.key("waiting");
    to.text(seconds_text(s.waiting));
    to.end_object();
}

std::string to_text(read_summary const& s)
{
    auto const number = [](std::uint64_t n) { return std::to_string(n); };
    auto out = "waves " + number(s.waves) + ", reads " + number(s.reads) + " (at once " +
               number(s.reads_at_once) + "), requests " + number(s.requests) + " (redirects " +
               number(s.redirects) + ", failed " + number(s.failed) + ")\n";
    out += "bytes fetched " + number(s.bytes_fetched) + " of " + number(s.file_size) + ", used " +
           number(s.bytes_used) + ", wasted " + number(s.bytes_wasted) + ", cache hits " +
           number(s.cache_hits) + ", misses " + number(s.cache_misses) + "\nseconds";
    for (auto const& [name, length] : s.phases)
        out += " " + name + " " + seconds_text(length) + ",";
    return out + " of these waiting " + seconds_text(s.waiting) + "\n";
}

}  // namespace lindi::tools
