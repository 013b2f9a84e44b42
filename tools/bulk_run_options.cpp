#include "bulk_run_options.hpp"

namespace lindi::tools {
namespace {

auto one_of(std::vector<std::string> const& names)
{
    return CLI::IsMember(names);
}

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

void add_run_options(CLI::App& app, bulk_run_options& o)
{
    app.add_option("--at-once", o.run.at_once, "blobs in work, at most (default: 32)")
        ->check(CLI::Range(1U, 1024U))
        ->type_name("N");
    app.add_option("--connections", o.connections, "to one server, at most (default: 512)")
        ->check(CLI::Range(1U, 10'000U))
        ->type_name("N");
    app.add_option("--order", o.order, "one of each dandiset in turn, largest first, as listed")
        ->check(one_of({"fair", "largest", "listed"}))
        ->type_name("fair|largest|listed");
    app.add_option("--attempts", o.run.attempts, "for a failure that may pass (default: 3)")
        ->check(CLI::Range(1U, 100U))
        ->type_name("N");
    app.add_option("--seconds", o.seconds, "for one blob (default: 900)")->type_name("N");
    app.add_option("--bytes", o.most_bytes, "read for one blob (default: 64G)")->type_name("BYTES");
    app.add_option("--requests", o.run.indexing.requests, "for one blob (default: 200000)")
        ->type_name("N");
    app.add_option("--memory", o.memory, "held for all blobs in work (default: 2G)")
        ->type_name("BYTES");
    app.add_option(
           "--reference-url",
           o.reference,
           "where references lead: to the public blob, else the "
           "API; or always to the API"
    )
        ->check(one_of({"source", "api"}))
        ->type_name("source|api");
    app.add_option(
           "--num-chunks-threshold",
           o.num_chunks_threshold,
           "datasets with more chunks become a link (default: 5000, as DANDI's indexes had)"
    )
        ->type_name("N|none");
    app.add_option(
           "--generated-by",
           o.generated_by,
           "generatedBy and generatedByVersion, for those who "
           "would make their own, as dandi_lindi:12"
    )
        ->type_name("NAME:N");
    app.add_option("--events", o.events, "append what happens as lines of JSON")->type_name("FILE");
    app.add_option("--metrics", o.metrics_port, "serve counts to Prometheus on 127.0.0.1")
        ->check(CLI::Range(1U, 65535U))
        ->type_name("PORT");
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
