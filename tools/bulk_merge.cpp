#include "bulk_options.hpp"
#include "bulk_source.hpp"
#include "command_line.hpp"
#include "output_file.hpp"
#include "printable.hpp"

#include <lindi/bulk/summary.hpp>

#include <algorithm>
#include <filesystem>

namespace lindi::tools {
namespace {

namespace fs = std::filesystem;

constexpr char const* command = "lindi bulk merge";
constexpr char const* examples = R"(
Joins the journals of all shards into one, as if one program had done it all, and writes index.ndjson. The next
run without --shard goes on from there. Journals stay as they are.

Examples:
  lindi bulk merge -o out
  lindi bulk merge -o s3://bucket/prefix --journal journal
)";

/// journal-1-of-4 and so on, beside the journal without a shard; of one count, and all of them.
result<std::vector<std::string>> shard_journals(std::string const& base)
{
    auto const name = fs::path(base).filename().string() + "-";
    auto folder = fs::path(base).parent_path();
    std::vector<std::string> out;
    std::string count;
    std::error_code failed;
    for (fs::directory_iterator at(folder.empty() ? "." : folder, failed);
         !failed && at != fs::directory_iterator();
         at.increment(failed)) {
        auto const text = at->path().filename().string();
        auto const of = text.rfind("-of-");
        if (!text.starts_with(name) || of == std::string::npos)
            continue;
        if (!count.empty() && count != text.substr(of))
            return error(errc::bad_value, error::nowhere, "journals", "shards of different counts");
        count = text.substr(of);
        out.push_back(at->path().string());
    }
    if (out.empty())
        return error(errc::not_found, error::nowhere, "journals", "no shards").within(base);
    constexpr std::size_t behind_of = 4;
    auto const wanted = parse_size(count.substr(behind_of)).value_or(0);
    if (out.size() != wanted)
        return error(
            errc::not_found,
            error::nowhere,
            "journals",
            std::to_string(out.size()) + " of " + std::to_string(wanted) + " shards are there"
        );
    std::sort(out.begin(), out.end());
    return out;
}

result<void> write_index_file(
    bulk_place const& place, bulk::journal& journal, std::string const& folder, environment& env
)
{
    auto const layout = layout_of(place);
    if (!layout)
        return layout.error();
    auto client = bulk_client(env);
    if (!client)
        return client.error();
    auto output = output_of(place, *client);
    if (!output)
        return output.error();
    auto const path = folder + "/index.ndjson";
    auto file = output_file::create(path);
    if (!file)
        return file.error();
    auto const written = bulk::write_index(journal, *layout, [&](std::string_view line) {
        return (*file)->write(line);
    });
    if (!written)
        return written;
    if (auto const done = (*file)->commit(); !done)
        return done;
    return (*output)->put_file("index.ndjson", path, {});
}

result<void> merge(bulk_place const& place, environment& env)
{
    auto const folder = journal_folder(place, {});
    if (!folder)
        return folder.error();
    auto const shards = shard_journals(*folder);
    if (!shards)
        return shards.error();
    auto into = bulk::journal::open(*folder);
    if (!into)
        return into.error();
    for (auto const& path : *shards) {
        auto const from = bulk::journal::open(path, false);
        if (!from)
            return from.error();
        if (auto const done = bulk::merge_journal(**into, **from); !done)
            return done;
    }
    auto const all = bulk::summarize(**into);
    env.out << shards->size() << " journals: " << all.assets << " assets, " << all.assets_done
            << " done\n";
    return write_index_file(place, **into, *folder, env);
}

}  // namespace

int bulk_merge_command(arguments args, environment& env)
{
    bulk_place place;
    command_line app("Joins the journals of shards.", command);
    add_place_options(app, place);
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    auto const done = merge(place, env);
    return done ? exit_ok : bulk_failure(env, command, done.error());
}

}  // namespace lindi::tools
