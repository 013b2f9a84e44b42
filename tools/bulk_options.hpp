/// \file
/// What the subcommands of `lindi bulk` have in common: where a job is, and which part of it.

#pragma once

#include "command_line.hpp"
#include "environment.hpp"

#include <lindi/bulk/output.hpp>
#include <lindi/bulk/plan.hpp>
#include <lindi/dandi/archive.hpp>
#include <lindi/net/client_thread.hpp>

namespace lindi::tools {

struct bulk_place {
    std::string output{};   ///< folder, or s3://bucket/prefix
    std::string journal{};  ///< folder; empty: in the output
    std::string shard{};    ///< "I/N"; empty: as the environment says
    std::string layout{};   ///< template; empty: the usual one
    std::string instance = "dandi";
    bool gzip = false;
    bool unconditional = false;  ///< writes to S3
};

/// Adds -o, --journal, --shard, --template, --instance, --gzip and --no-conditional-writes.
void add_place_options(command_line& app, bulk_place& o);

/// "3/8" is the third of eight: 1 to 8, as people count.
/// \return or errc::bad_value
result<bulk::shard> parse_shard(std::string const& text);

/// --shard, else SLURM_ARRAY_TASK_ID (with SLURM_ARRAY_TASK_MIN and _COUNT), JOB_COMPLETION_INDEX
/// (with JOB_COMPLETIONS) or AWS_BATCH_JOB_ARRAY_INDEX (with AWS_BATCH_JOB_ARRAY_SIZE).
result<bulk::shard> shard_of(std::string const& option, net::environment const& variables);

/// Folder of the journal of one shard. \return or errc::bad_value: an output in S3 has none
result<std::string> journal_folder(bulk_place const& o, bulk::shard of);

/// A client for many threads, with the environment's settings, more connections and fewer retries:
/// assets are tried again as a whole.
/// \param connections  to one server, at most
result<std::shared_ptr<net::client_thread>>
bulk_client(environment& env, unsigned connections = 512);

result<bulk::output_layout> layout_of(bulk_place const& o);
/// \param client  for outputs in S3
result<std::unique_ptr<bulk::output_store>>
output_of(bulk_place const& o, std::shared_ptr<net::client_thread> client);

/// Ends a run of `command` with an error.
int bulk_failure(environment& env, std::string_view command, error const& why);

// The subcommands, one file each.
int bulk_run_command(arguments args, environment& env);
int bulk_plan_command(arguments args, environment& env);
int bulk_retry_command(arguments args, environment& env);
int bulk_status_command(arguments args, environment& env);
int bulk_merge_command(arguments args, environment& env);
int bulk_verify_command(arguments args, environment& env);
int bulk_report_command(arguments args, environment& env);

}  // namespace lindi::tools
