#include "bulk_page.hpp"

#include "html_text.hpp"

#include <lindi/bulk/summary.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace lindi::tools {
namespace {

constexpr std::size_t most_rows = 1000;
constexpr double width = 720;
constexpr double height = 160;

constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>lindi bulk</title>
<style>
body { font: 14px/1.4 system-ui, sans-serif; margin: 24px; color: #1d2125; max-width: 1100px; }
h1 { font-size: 18px; overflow-wrap: anywhere; } h2 { font-size: 15px; margin: 28px 0 6px; }
table { border-collapse: collapse; } td, th { padding: 2px 12px 2px 0; text-align: left; vertical-align: top; }
td.n, th.n { text-align: right; } td.cause { overflow-wrap: anywhere; }
svg { display: block; background: #f4f6f8; } svg text { font-size: 11px; fill: #4a5259; }
.done { fill: #1f5fa8; } .failed { fill: #c0392b; }
.line { fill: none; stroke: #1f5fa8; stroke-width: 2; }
</style>
</head>
<body>
)";

std::string fixed(double number, int digits)
{
    std::array<char, 48> out{};
    std::snprintf(out.data(), out.size(), "%.*f", digits, number);
    return out.data();
}

std::string time_text(std::int64_t seconds)
{
    auto const time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    std::array<char, 32> out{};
    if (::gmtime_r(&time, &parts) == nullptr ||
        std::strftime(out.data(), out.size(), "%F %T", &parts) == 0)
        return "?";
    return out.data();
}

std::string rect(char const* kind, double x, double y, double w, double h, std::string const& title)
{
    return std::string("<rect class=\"") + kind + "\" x=\"" + fixed(x, 1) + "\" y=\"" +
           fixed(y, 1) + "\" width=\"" + fixed(w, 1) + "\" height=\"" + fixed(h, 1) + "\"><title>" +
           escaped(title) + "</title></rect>";
}

std::string label(double x, double y, char const* anchor, std::string const& text)
{
    return "<text x=\"" + fixed(x, 1) + "\" y=\"" + fixed(y, 1) + "\" text-anchor=\"" + anchor +
           "\">" + escaped(text) + "</text>";
}

std::string picture(std::string const& inside, double tall)
{
    return "<svg width=\"" + fixed(width, 0) + "\" height=\"" + fixed(tall, 0) +
           "\" role=\"img\">" + inside + "</svg>\n";
}

/// What the pictures need of the journal.
struct page_data {
    std::vector<std::int64_t> ended;  ///< of blobs that are done
    std::vector<double> durations;    ///< of these
    bulk::job_summary summary;
};

page_data data_of(bulk::journal const& in)
{
    page_data out;
    in.each_blob([&](std::string const&, bulk::blob_record const& record) {
        if (record.state != bulk::blob_state::done)
            return;
        out.ended.push_back(record.ended);
        out.durations.push_back(record.seconds);
    });
    std::sort(out.ended.begin(), out.ended.end());
    std::sort(out.durations.begin(), out.durations.end());
    out.summary = bulk::summarize(in);
    return out;
}

std::string figures(bulk::job_summary const& s)
{
    auto const row = [](char const* name, std::string const& value) {
        return std::string("<tr><th>") + name + "</th><td class=\"n\">" + value + "</td></tr>\n";
    };
    auto const state = [&](bulk::blob_state which) {
        return std::to_string(s.states[static_cast<std::size_t>(which)]);
    };
    return "<table>\n" + row("assets", std::to_string(s.assets)) +
           row("with an index", std::to_string(s.assets_done)) +
           row("gone since", std::to_string(s.assets_gone)) +
           row("blobs", std::to_string(s.blobs)) + row("indexed", state(bulk::blob_state::done)) +
           row("failed", state(bulk::blob_state::failed)) +
           row("to do", state(bulk::blob_state::todo)) +
           row("MB read", fixed(static_cast<double>(s.bytes) / 1e6, 1)) +
           row("requests", std::to_string(s.requests)) +
           row("objects that are not in an index", std::to_string(s.problems)) + "</table>\n";
}

/// Blobs done over time.
std::string progress_picture(std::vector<std::int64_t> const& ended)
{
    if (ended.empty())
        return "<p>Nothing is done yet.</p>\n";
    constexpr std::size_t most_points = 500;
    auto const first = ended.front() - 1;
    auto const span = static_cast<double>(std::max<std::int64_t>(ended.back() - first, 1));
    auto const count = static_cast<double>(ended.size());
    std::string points = "0," + fixed(height - 20, 1);
    auto const step = std::max<std::size_t>(1, ended.size() / most_points);
    for (std::size_t i = step - 1; i < ended.size(); i += step)
        points += " " + fixed(width * static_cast<double>(ended[i] - first) / span, 1) + "," +
                  fixed(height - 20 - (height - 40) * static_cast<double>(i + 1) / count, 1);
    return picture(
        "<polyline class=\"line\" points=\"" + points + "\"/>" +
            label(4, height - 5, "start", time_text(first) + " UTC") +
            label(width - 4, height - 5, "end", time_text(ended.back())) +
            label(width - 4, 14, "end", std::to_string(ended.size()) + " blobs"),
        height
    );
}

/// How many took how long: each bar is twice as long as the one before.
std::string duration_picture(std::vector<double> const& durations)
{
    if (durations.empty())
        return "<p>Nothing is done yet.</p>\n";
    constexpr int bins = 18;
    constexpr double shortest = 0.01;
    std::array<std::size_t, bins> counts{};
    for (auto const seconds : durations) {
        auto const bin = std::log2(std::max(seconds, shortest) / shortest);
        ++counts[static_cast<std::size_t>(std::clamp(static_cast<int>(bin), 0, bins - 1))];
    }
    auto const most = static_cast<double>(*std::max_element(counts.begin(), counts.end()));
    std::string inside;
    for (int i = 0; i < bins; ++i) {
        auto const n = counts[static_cast<std::size_t>(i)];
        auto const tall = (height - 40) * static_cast<double>(n) / most;
        auto const x = width * i / bins;
        auto const from = shortest * std::exp2(i);
        inside += rect(
            "done",
            x + 2,
            height - 20 - tall,
            width / bins - 4,
            tall,
            std::to_string(n) + " blobs from " + fixed(from, 2) + " s to " + fixed(2 * from, 2) +
                " s"
        );
        if (i % 3 == 0)
            inside += label(x + 2, height - 5, "start", fixed(from, from < 10 ? 2 : 0) + " s");
    }
    auto const median = durations[durations.size() / 2];
    auto const late = durations[durations.size() * 99 / 100];
    return picture(inside, height) + "<p>Half took less than " + fixed(median, 2) +
           " s, 99 in 100 less than " + fixed(late, 2) + " s, the longest " +
           fixed(durations.back(), 2) + " s.</p>\n";
}

std::string failure_picture(bulk::job_summary const& s)
{
    constexpr double row = 22;
    constexpr double left = 110;
    auto const most = *std::max_element(s.failures.begin(), s.failures.end());
    if (most == 0)
        return "<p>Nothing failed.</p>\n";
    std::string inside;
    double y = 4;
    for (std::size_t i = 0; i < s.failures.size(); ++i) {
        if (s.failures[i] == 0)
            continue;
        auto const wide =
            (width - left - 150) * static_cast<double>(s.failures[i]) / static_cast<double>(most);
        auto const name = std::string(bulk::name_of(static_cast<bulk::failure_kind>(i)));
        auto const count = std::to_string(s.failures[i]) + " blobs, " +
                           std::to_string(s.failed_assets[i]) + " assets";
        inside += label(left - 8, y + 13, "end", name) +
                  rect("failed", left, y, std::max(wide, 1.0), row - 6, name + ": " + count) +
                  label(left + wide + 6, y + 13, "start", count);
        y += row;
    }
    return picture(inside, y + 4);
}

std::string failure_table(bulk::journal const& in)
{
    std::string out =
        "<table>\n<tr><th>kind</th><th>dandiset</th><th>path</th><th>cause</th></tr>\n";
    std::size_t rows = 0;
    in.each_asset([&](std::string const&, bulk::asset_record const& asset) {
        auto const blob = in.blob(bulk::blob_key_of(asset.is));
        if (asset.gone || !blob || blob->state != bulk::blob_state::failed)
            return;
        if (++rows > most_rows)
            return;
        out += "<tr><td>" + std::string(bulk::name_of(blob->kind)) + "</td><td>" +
               escaped(asset.is.dandiset) + "</td><td class=\"cause\">" + escaped(asset.is.path) +
               "</td><td class=\"cause\">" + escaped(blob->cause) + "</td></tr>\n";
    });
    out += "</table>\n";
    if (rows > most_rows)
        out += "<p>" + std::to_string(rows - most_rows) +
               " more: lindi bulk status --failed lists all.</p>\n";
    return rows == 0 ? std::string() : out;
}

}  // namespace

std::string bulk_page(std::string const& name, bulk::journal const& of)
{
    auto const data = data_of(of);
    return std::string(head) + "<h1>" + escaped(name) + "</h1>\n" + figures(data.summary) +
           "<h2>Blobs indexed</h2>\n" + progress_picture(data.ended) +
           "<h2>Time for one blob</h2>\n" + duration_picture(data.durations) +
           "<h2>Failures</h2>\n" + failure_picture(data.summary) + failure_table(of) +
           "</body>\n</html>\n";
}

}  // namespace lindi::tools
