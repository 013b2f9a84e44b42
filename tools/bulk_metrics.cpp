#include "bulk_metrics.hpp"

#include <sstream>

namespace lindi::tools {
namespace {

class metrics {
public:
    void add(char const* name, char const* type, char const* help, double value)
    {
        begin(name, type, help);
        text_ << name << ' ' << value << '\n';
    }
    void begin(char const* name, char const* type, char const* help)
    {
        text_ << "# HELP " << name << ' ' << help << "\n# TYPE " << name << ' ' << type << '\n';
    }
    std::ostringstream& text() { return text_; }

private:
    std::ostringstream text_;
};

double number(std::uint64_t count)
{
    return static_cast<double>(count);
}

}  // namespace

std::string metrics_text(bulk_counts const& c)
{
    metrics out;
    out.text().precision(15);
    out.add("lindi_bulk_assets", "gauge", "Assets to do when the run began.", number(c.assets));
    out.add("lindi_bulk_assets_done_total", "counter", "Assets with an output.", number(c.done));
    out.add("lindi_bulk_assets_failed_total", "counter", "Assets without.", number(c.failed));
    out.add("lindi_bulk_blobs_done_total", "counter", "Blobs indexed.", number(c.blobs));
    out.add("lindi_bulk_blobs_in_work", "gauge", "Blobs in work.", number(c.in_work));
    out.add("lindi_bulk_retries_total", "counter", "Failures tried again.", number(c.retried));
    out.add("lindi_bulk_read_bytes_total", "counter", "Bytes read.", number(c.bytes));
    out.add("lindi_bulk_requests_total", "counter", "Requests for bytes.", number(c.requests));
    out.add("lindi_bulk_seconds", "gauge", "Since the run began.", c.seconds);
    out.begin("lindi_bulk_failures_total", "counter", "Blobs that failed, by kind.");
    for (std::size_t i = 0; i < c.failures.size(); ++i)
        out.text() << "lindi_bulk_failures_total{kind=\""
                   << bulk::name_of(static_cast<bulk::failure_kind>(i)) << "\"} " << c.failures[i]
                   << '\n';
    return out.text().str();
}

result<std::unique_ptr<net::text_server>>
serve_metrics(unsigned port, bulk_progress const& progress)
{
    if (port == 0)
        return std::unique_ptr<net::text_server>();
    return net::text_server::start(static_cast<std::uint16_t>(port), [&progress] {
        return metrics_text(progress.counts());
    });
}

}  // namespace lindi::tools
