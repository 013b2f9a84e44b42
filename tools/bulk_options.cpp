#include "bulk_options.hpp"

#include "printable.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace lindi::tools {
namespace {

/// Variables of job arrays: index, number of the first one, count.
struct array_variables {
    char const* index;
    char const* first;  ///< null: 0
    char const* count;
};

constexpr std::array<array_variables, 3> known_arrays = {{
    {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_COUNT"},
    {"JOB_COMPLETION_INDEX", nullptr, "JOB_COMPLETIONS"},
    {"AWS_BATCH_JOB_ARRAY_INDEX", nullptr, "AWS_BATCH_JOB_ARRAY_SIZE"},
}};

std::optional<unsigned> to_number(std::string_view text)
{
    unsigned out = 0;
    auto const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, out);
    return read.ec == std::errc() && read.ptr == end && !text.empty() ? std::optional(out)
                                                                      : std::nullopt;
}

error bad_shard(std::string const& text, char const* why)
{
    return error(errc::bad_value, error::nowhere, "shard", why).within(text);
}

result<bulk::shard> shard_of_array(array_variables const& names, net::environment const& variables)
{
    auto const number = [&](char const* name) {
        auto const text = name != nullptr ? variables(name) : std::nullopt;
        return text ? to_number(*text) : std::nullopt;
    };
    auto const index = number(names.index);
    auto const count = number(names.count);
    if (!index || !count)
        return bad_shard(names.index, "the number of jobs is not set: use --shard");
    auto const first = number(names.first).value_or(0);
    if (*index < first || *index - first >= *count)
        return bad_shard(names.index, "jobs are not numbered without gaps: use --shard");
    return bulk::shard{*index - first, *count};
}

bool is_bucket(std::string const& output)
{
    return output.starts_with("s3://");
}

}  // namespace

void add_place_options(command_line& app, bulk_place& o)
{
    app.value("-o,--output", o.output, "folder, or s3://BUCKET/PREFIX")
        .required()
        .value_name("OUT");
    app.value("--journal", o.journal, "folder of the journal, on a local disk (default: in OUT)")
        .value_name("DIR");
    app.value(
           "--shard",
           o.shard,
           "the Ith of N programs that share the job (default: as Slurm, "
           "Kubernetes and AWS Batch number theirs)"
    )
        .value_name("I/N");
    app.value(
           "--template",
           o.layout,
           "names of outputs, of {instance}, {dandiset}, {asset}, {version}, {path}, {name} "
           "(default: as Neurosift reads them)"
    )
        .value_name("TEXT");
    app.value("--instance", o.instance, "dandi, sandbox, linc, ember or the URL of an API")
        .value_name("NAME|URL");
    app.flag("--gzip", o.gzip, "compress objects in S3; Python lindi cannot read these");
    app.flag(
        "--no-conditional-writes",
        o.unconditional,
        "write over objects in S3 even when somebody else wrote them meanwhile, for stores that do "
        "not know If-Match and If-None-Match"
    );
}

result<bulk::shard> parse_shard(std::string const& text)
{
    auto const slash = text.find('/');
    auto const index = to_number(std::string_view(text).substr(0, slash));
    auto const count = slash == std::string::npos
                           ? std::nullopt
                           : to_number(std::string_view(text).substr(slash + 1));
    if (!index || !count || *index == 0 || *index > *count)
        return bad_shard(text, "I/N is needed, with I from 1 to N");
    return bulk::shard{*index - 1, *count};
}

result<bulk::shard> shard_of(std::string const& option, net::environment const& variables)
{
    if (!option.empty())
        return parse_shard(option);
    for (auto const& names : known_arrays)
        if (variables(names.index))
            return shard_of_array(names, variables);
    return bulk::shard{};
}

result<std::string> journal_folder(bulk_place const& o, bulk::shard of)
{
    if (o.journal.empty() && is_bucket(o.output))
        return error(errc::bad_value, error::nowhere, "journal", "an output in S3 needs --journal");
    auto const base = o.journal.empty() ? o.output + "/.bulk/journal" : o.journal;
    if (of.count == 1)
        return base;
    return base + "-" + std::to_string(of.index + 1) + "-of-" + std::to_string(of.count);
}

result<std::shared_ptr<net::client_thread>> bulk_client(environment& env, unsigned connections)
{
    constexpr unsigned attempts = 5;
    auto settings = env.client ? result<net::client_options>(env.client->options())
                               : net::options_from(env.variables);
    if (!settings)
        return settings.error();
    settings->connections_per_host = std::min(connections, 64U);
    settings->most_connections_per_host = connections;
    settings->retry.attempts = attempts;
    settings->retry.longest_delay = net::milliseconds(10'000);
    return net::client_thread::start(std::move(*settings));
}

result<bulk::output_layout> layout_of(bulk_place const& o)
{
    auto const instance = dandi::instance_of(o.instance);
    if (!instance)
        return instance.error();
    return o.layout.empty() ? bulk::output_layout::usual(instance->name)
                            : bulk::output_layout::parse(o.layout, instance->name);
}

result<std::unique_ptr<bulk::output_store>>
output_of(bulk_place const& o, std::shared_ptr<net::client_thread> client)
{
    if (is_bucket(o.output))
        return bulk::bucket_output(std::move(client), o.output, {o.gzip, !o.unconditional});
    return bulk::folder_output(o.output);
}

int bulk_failure(environment& env, std::string_view command, error const& why)
{
    env.err << command << ": " << one_line(why.message()) << '\n';
    return why.code() == errc::bad_value && why.structure() == "shard" ? exit_usage : exit_failed;
}

}  // namespace lindi::tools
