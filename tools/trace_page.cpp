#include "trace_page.hpp"

#include "html_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace lindi::tools {
namespace {

constexpr std::size_t most_rows = 20'000;

constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Requests</title>
<style>
body { font: 13px/1.4 system-ui, sans-serif; margin: 16px; color: #222; background: #fff; }
h1 { font-size: 16px; margin: 0 0 8px; overflow-wrap: anywhere; }
pre { margin: 0 0 12px; white-space: pre-wrap; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th { text-align: left; font-weight: 600; position: sticky; top: 0; background: #fff; z-index: 1; }
th, td { padding: 1px 6px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
tr.even { background: #f3f6f9; }
tr.first td { border-top: 1px solid #b8c4d0; }
tr.failed { color: #b00020; }
.bars { position: relative; height: 16px; padding: 0; }
.bars div { position: absolute; top: 3px; height: 10px; min-width: 1px; }
.q { background: #d0d5da; } .a { background: #8db8e8; } .b { background: #1f5fa8; }
.key span { display: inline-block; width: 12px; height: 10px; margin: 0 4px 0 12px; }
col.w0 { width: 48px; } col.w1 { width: 52px; } col.w2 { width: 120px; } col.w3 { width: 88px; }
col.w4 { width: 64px; } col.w5 { width: 26%; }
</style>
</head>
<body>
)";

constexpr std::string_view table_head =
    R"(<p class="key"><span class="q"></span>waiting for a connection
<span class="a"></span>waiting for the answer <span class="b"></span>body</p>
<table>
<colgroup><col class="w0"><col class="w1"><col class="w2"><col class="w3"><col class="w4"><col class="w5"><col></colgroup>
<tr><th class="n">#</th><th class="n">wave</th><th class="n">offset</th><th class="n">size</th><th class="n">status</th><th>for</th><th>)";

std::string fixed(double value, char const* unit)
{
    std::array<char, 48> out{};
    std::snprintf(out.data(), out.size(), "%.3f%s", value, unit);
    return out.data();
}

/// "1,234,567"
std::string grouped(std::uint64_t number)
{
    auto out = std::to_string(number);
    for (auto at = out.size(); at > 3; at -= 3)
        out.insert(at - 3, 1, ',');
    return out;
}

class page {
public:
    explicit page(read_log const& log) : log_(&log)
    {
        for (auto const& request : log.requests())
            order_.push_back(&request);
        std::stable_sort(order_.begin(), order_.end(), [](auto const* a, auto const* b) {
            return a->wanted < b->wanted;
        });
        for (auto const* const request : order_)
            length_ = std::max(length_, milliseconds(request->ended));
    }

    std::string table() const
    {
        std::string out(table_head);
        out += "0 to " + fixed(length_, " ms") + "</th></tr>\n";
        auto last_wave = ~std::size_t{0};
        for (std::size_t i = 0; i < std::min(order_.size(), most_rows); ++i) {
            auto const wave = log_->wave_of(*order_[i]);
            out += row(i, wave, wave != last_wave);
            last_wave = wave;
        }
        out += "</table>\n";
        if (order_.size() > most_rows)
            out += "<p>" + grouped(order_.size() - most_rows) + " more requests.</p>\n";
        if (order_.empty())
            out += "<p>No requests.</p>\n";
        return out;
    }

private:
    double milliseconds(read_log::clock::time_point time) const
    {
        return std::chrono::duration<double, std::milli>(time - log_->start()).count();
    }

    std::string row(std::size_t i, std::size_t wave, bool is_first) const
    {
        auto const& request = *order_[i];
        std::string kind = wave % 2 == 0 ? "even" : "odd";
        if (is_first)
            kind += " first";
        if (!request.failed.empty())
            kind += " failed";
        auto const purpose =
            request.failed.empty() ? log_->purpose_of(request) : "failed: " + request.failed;
        auto const cell = [](std::string const& text) {
            return "<td class=\"n\">" + text + "</td>";
        };
        return "<tr class=\"" + kind + "\" title=\"" + escaped(request.url) + " " + times(request) +
               "\">" + cell(std::to_string(i + 1)) +
               cell(wave == 0 ? "open" : std::to_string(wave)) +
               cell(grouped(request.range.offset)) + cell(grouped(request.range.size)) +
               cell(request.status == 0 ? "" : std::to_string(request.status)) + "<td title=\"" +
               escaped(purpose) + "\">" + escaped(purpose) + "</td><td class=\"bars\">" +
               bar("q", request.wanted, request.sent) + bar("a", request.sent, request.answered) +
               bar("b", request.answered, request.ended) + "</td></tr>\n";
    }

    std::string times(net::request_seen const& request) const
    {
        return "from " + fixed(milliseconds(request.wanted), " ms") + ", sent " +
               fixed(milliseconds(request.sent), " ms") + ", answered " +
               fixed(milliseconds(request.answered), " ms") + ", ended " +
               fixed(milliseconds(request.ended), " ms");
    }

    std::string
    bar(char const* kind, read_log::clock::time_point from, read_log::clock::time_point to) const
    {
        if (to <= from || length_ <= 0)
            return {};
        auto const left = 100 * milliseconds(from) / length_;
        auto const width = 100 * milliseconds(to) / length_ - left;
        return std::string("<div class=\"") + kind + "\" style=\"left:" + fixed(left, "%") +
               ";width:" + fixed(width, "%") + "\"></div>";
    }

    read_log const* log_;
    std::vector<net::request_seen const*> order_;
    double length_ = 0;  ///< milliseconds from the start to the end of the last request
};

}  // namespace

std::string trace_page(std::string_view name, read_log const& log, read_summary const* summary)
{
    auto out = std::string(head) + "<h1>" + escaped(name) + "</h1>\n";
    if (summary != nullptr)
        out += "<pre>" + escaped(to_text(*summary)) + "</pre>\n";
    return out + page(log).table() + "</body>\n</html>\n";
}

}  // namespace lindi::tools
