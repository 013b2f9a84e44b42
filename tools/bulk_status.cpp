#include "bulk_options.hpp"
#include "command_line.hpp"
#include "printable.hpp"

#include <lindi/bulk/summary.hpp>

#include <iomanip>

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi bulk status";
constexpr char const* examples = R"(
Says what the journal knows: not while a run is going on, which has it open; --events and --metrics are for that.

Examples:
  lindi bulk status -o out
  lindi bulk status -o out --failed
)";

void print(bulk::job_summary const& s, std::ostream& out)
{
    auto const state = [&](bulk::blob_state which) {
        return s.states[static_cast<std::size_t>(which)];
    };
    out << "assets    " << s.assets << ", " << s.assets_done << " done, " << s.assets_gone
        << " gone\nblobs     " << s.blobs << ", " << state(bulk::blob_state::done) << " done, "
        << state(bulk::blob_state::failed) << " failed, "
        << state(bulk::blob_state::todo) + state(bulk::blob_state::working) << " to do\nread      "
        << s.bytes << " bytes in " << s.requests << " requests\nproblems  " << s.problems
        << " objects are not in an index\n";
    for (std::size_t i = 0; i < s.failures.size(); ++i)
        if (s.failures[i] != 0)
            out << "failed    " << std::left << std::setw(12)
                << bulk::name_of(static_cast<bulk::failure_kind>(i)) << std::right << s.failures[i]
                << " blobs of " << s.failed_assets[i] << " assets\n";
}

/// A line each: kind, dandiset, asset, path, cause.
void print_failed(bulk::journal const& in, std::ostream& out)
{
    in.each_asset([&](std::string const&, bulk::asset_record const& asset) {
        auto const blob = in.blob(bulk::blob_key_of(asset.is));
        if (asset.gone || !blob || blob->state != bulk::blob_state::failed)
            return;
        out << bulk::name_of(blob->kind) << '\t' << one_line(asset.is.dandiset) << '\t'
            << one_line(asset.is.id) << '\t' << one_line(asset.is.path) << '\t'
            << one_line(blob->cause) << '\n';
    });
}

void print_gone(bulk::journal const& in, std::ostream& out)
{
    in.each_asset([&](std::string const&, bulk::asset_record const& asset) {
        if (asset.gone)
            out << one_line(asset.is.dandiset) << '\t' << one_line(asset.is.id) << '\t'
                << one_line(asset.is.path) << '\n';
    });
}

}  // namespace

int bulk_status_command(arguments args, environment& env)
{
    bulk_place place;
    bool failed = false;
    bool gone = false;
    command_line app("Says how far a job has come.", command);
    add_place_options(app, place);
    app.flag("--failed", failed, "list what failed: kind, dandiset, asset, path, cause");
    app.flag("--gone", gone, "list assets that were there before: dandiset, asset, path");
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    auto const shard = shard_of(place.shard, env.variables);
    if (!shard)
        return bulk_failure(env, command, shard.error());
    auto const folder = journal_folder(place, *shard);
    if (!folder)
        return bulk_failure(env, command, folder.error());
    auto const journal = bulk::journal::open(*folder, false);
    if (!journal)
        return bulk_failure(env, command, journal.error());
    if (failed)
        print_failed(**journal, env.out);
    else if (gone)
        print_gone(**journal, env.out);
    else
        print(bulk::summarize(**journal), env.out);
    return exit_ok;
}

}  // namespace lindi::tools
