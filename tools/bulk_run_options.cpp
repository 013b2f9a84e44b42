#include "bulk_run_options.hpp"

namespace lindi::tools {
namespace {

error bad_option(std::string why)
{
    return {errc::bad_value, error::nowhere, "options", std::move(why)};
}

result<bulk::generator> generator_of(std::string const& text)
{
    bulk::generator out;
    if (text.empty())
        return out;
    auto const colon = text.rfind(':');
    auto const number =
        colon == std::string::npos ? std::nullopt : parse_size(text.substr(colon + 1));
    if (colon == 0 || !number)
        return bad_option("--generated-by: NAME:N is needed");
    out.name = text.substr(0, colon);
    out.version = static_cast<std::int64_t>(*number);
    return out;
}

}  // namespace

void add_run_options(command_line& app, bulk_run_options& o)
{
    app.value("--at-once", o.run.at_once, "blobs in work, at most (default: 32)")
        .in_range(1, 1024)
        .value_name("N");
    app.value("--connections", o.connections, "to one server, at most (default: 512)")
        .in_range(1, 10'000)
        .value_name("N");
    app.value("--order", o.order, "one of each dandiset in turn, largest first, as listed")
        .one_of({"fair", "largest", "listed"})
        .value_name("fair|largest|listed");
    app.value("--attempts", o.run.attempts, "for a failure that may pass (default: 3)")
        .in_range(1, 100)
        .value_name("N");
    app.value("--seconds", o.seconds, "for one blob (default: 900)").value_name("N");
    app.value("--bytes", o.most_bytes, "read for one blob (default: 64G)").value_name("BYTES");
    app.value("--requests", o.run.indexing.requests, "for one blob (default: 200000)")
        .value_name("N");
    app.value("--memory", o.memory, "held for all blobs in work (default: 2G)").value_name("BYTES");
    app.value(
           "--reference-url",
           o.reference,
           "where references lead: to the public blob, else the "
           "API; or always to the API"
    )
        .one_of({"source", "api"})
        .value_name("source|api");
    app.value(
           "--num-chunks-threshold",
           o.num_chunks_threshold,
           "datasets with more chunks become a link (default: 5000, as DANDI's indexes had)"
    )
        .value_name("N|none");
    app.value(
           "--generated-by",
           o.generated_by,
           "generatedBy and generatedByVersion, for those who "
           "would make their own, as dandi_lindi:12"
    )
        .value_name("NAME:N");
    app.value("--events", o.events, "append what happens as lines of JSON").value_name("FILE");
    app.value("--metrics", o.metrics_port, "serve counts to Prometheus on 127.0.0.1")
        .in_range(1, 65535)
        .value_name("PORT");
}

result<void> complete(bulk_run_options& o)
{
    auto& indexing = o.run.indexing;
    auto const bytes = parse_size(o.most_bytes);
    auto const memory = parse_size(o.memory);
    if (!bytes || !memory)
        return bad_option("--bytes, --memory: a number of bytes is needed, as 500M or 2G");
    auto generator = generator_of(o.generated_by);
    if (!generator)
        return generator.error();
    indexing.bytes = *bytes;
    indexing.memory = *memory;
    indexing.time = std::chrono::seconds(o.seconds);
    indexing.generator = std::move(*generator);
    indexing.reference =
        o.reference == "api" ? bulk::reference_form::api : bulk::reference_form::source;
    auto const threshold = parse_size(o.num_chunks_threshold);
    if (!threshold && o.num_chunks_threshold != "none")
        return bad_option("--num-chunks-threshold: a number or none is needed");
    indexing.exported.num_chunks_threshold = threshold;
    return {};
}

bulk::unit_order order_of(std::string const& name)
{
    if (name == "largest")
        return bulk::unit_order::largest;
    return name == "listed" ? bulk::unit_order::listed : bulk::unit_order::fair;
}

}  // namespace lindi::tools
