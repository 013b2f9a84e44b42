#include "bulk_progress.hpp"

#include "printable.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <cstdio>

namespace lindi::tools {
namespace {

namespace json = boost::json;

std::string fixed(double number, int digits)
{
    std::array<char, 48> out{};
    std::snprintf(out.data(), out.size(), "%.*f", digits, number);
    return out.data();
}

/// "1:02:03"
std::string clock_text(double seconds)
{
    auto const whole = static_cast<long long>(seconds);
    std::array<char, 48> out{};
    std::snprintf(
        out.data(), out.size(), "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60, whole % 60
    );
    return out.data();
}

std::string progress_text(bulk_counts const& c)
{
    auto const over = c.done + c.failed;
    auto const rate = c.seconds > 0 ? static_cast<double>(over) / c.seconds : 0;
    auto const megabytes = c.seconds > 0 ? static_cast<double>(c.bytes) / 1e6 / c.seconds : 0;
    auto out = std::to_string(c.done) + " of " + std::to_string(c.assets) + " assets, " +
               std::to_string(c.failed) + " failed, " + fixed(rate, 1) + "/s, " +
               fixed(megabytes, 1) + " MB/s";
    if (rate > 0 && over < c.assets)
        out += ", " + clock_text(static_cast<double>(c.assets - over) / rate) + " left";
    return out;
}

char const* name_of(bulk::run_event::what is)
{
    switch (is) {
    case bulk::run_event::what::started:
        return "started";
    case bulk::run_event::what::done:
        return "done";
    case bulk::run_event::what::retried:
        return "retried";
    default:
        return "failed";
    }
}

std::string event_line(bulk::run_event const& event, double seconds)
{
    json::object out = {
        {"event", name_of(event.is)},
        {"at", seconds},
        {"blob", event.blob},
        {"dandiset", event.asset.dandiset},
        {"asset", event.asset.id},
        {"path", event.asset.path},
        {"assets", event.assets},
    };
    if (event.is == bulk::run_event::what::done) {
        out["seconds"] = event.seconds;
        out["bytes"] = event.bytes;
        out["requests"] = event.requests;
        out["objects"] = event.objects;
        out["problems"] = event.problems;
        out["reused"] = event.was_indexed;
    } else if (event.is != bulk::run_event::what::started) {
        auto const kind = bulk::name_of(event.kind);
        out["seconds"] = event.seconds;
        out["kind"] = json::string_view(kind.data(), kind.size());
        out["cause"] = event.cause;
    }
    return json::serialize(out) + "\n";
}

}  // namespace

bulk_progress::bulk_progress(std::string_view command, std::uint64_t assets, environment& env)
    : command_(command), env_(&env), next_(clock::now() + std::chrono::seconds(1))
{
    counts_.assets = assets;
}

bulk_progress::~bulk_progress()
{
    show(true);
}

result<void> bulk_progress::open_events(std::string const& path)
{
    events_.open(path, std::ios::app);
    if (!events_)
        return error(errc::io, error::nowhere, "events", "cannot write").within(path);
    return {};
}

double bulk_progress::seconds() const
{
    return std::chrono::duration<double>(clock::now() - start_).count();
}

void bulk_progress::note(bulk::run_event const& event)
{
    std::lock_guard const lock(guard_);
    count(event);
    if (events_.is_open())
        events_ << event_line(event, seconds()) << std::flush;
    if (event.is == bulk::run_event::what::failed)
        tell_failure(event);
    show(false);
}

void bulk_progress::count(bulk::run_event const& event)
{
    if (event.is == bulk::run_event::what::started) {
        ++counts_.in_work;
        return;
    }
    --counts_.in_work;
    counts_.bytes += event.bytes;
    counts_.requests += event.requests;
    if (event.is == bulk::run_event::what::done) {
        counts_.done += event.assets;
        ++counts_.blobs;
    } else if (event.is == bulk::run_event::what::failed) {
        counts_.failed += event.assets;
        ++counts_.failures[static_cast<std::size_t>(event.kind)];
    } else {
        ++counts_.retried;
    }
}

void bulk_progress::tell_failure(bulk::run_event const& event)
{
    if (is_shown_)
        env_->err << "\r\x1b[K";
    is_shown_ = false;
    auto const& one = event.asset;
    auto const where = one.dandiset.empty() ? one.path : one.dandiset + "/" + one.path;
    env_->err << command_ << ": " << one_line(where) << ": " << bulk::name_of(event.kind) << ": "
              << one_line(event.cause) << '\n';
}

/// On a terminal five times a second, in a log every half minute, and once at the end.
void bulk_progress::show(bool is_over)
{
    constexpr std::chrono::milliseconds on_terminal(200);
    constexpr std::chrono::seconds in_log(30);
    if (!is_over && clock::now() < next_)
        return;
    counts_.seconds = seconds();
    if (env_->err_is_terminal) {
        next_ = clock::now() + on_terminal;
        env_->err << "\r\x1b[K" << progress_text(counts_) << (is_over ? "\n" : "") << std::flush;
        is_shown_ = !is_over;
    } else {
        next_ = clock::now() + in_log;
        env_->err << command_ << ": " << progress_text(counts_) << '\n' << std::flush;
    }
}

bulk_counts bulk_progress::counts() const
{
    std::lock_guard const lock(guard_);
    auto out = counts_;
    out.seconds = seconds();
    return out;
}

}  // namespace lindi::tools
